package dev.pgwire.it;

import static dev.pgwire.it.TypeValue.literal;
import static dev.pgwire.it.TypeValue.literals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Text, documents and bytes. */
final class TextValues {
    private static final Function<String, Object> ITSELF = literal -> literal;

    private TextValues() {}

    static Stream<TypeValue> all() {
        return Stream.of(texts("text"), texts("varchar"), blanks(), names(), documents(), bytes(), uuids())
                .flatMap(family -> family);
    }

    private static Stream<TypeValue> texts(String type) {
        return Stream.concat(
                literals(
                        type,
                        ITSELF,
                        "",
                        " ",
                        "abc",
                        "it's",
                        "back\\slash",
                        "\"double\"",
                        "line\none\r\n\ttab",
                        "äöü ß ñ ø",
                        "пример 例え مثال עברית",
                        "\uD83D\uDE00 \uD83C\uDF89 \uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                        "combining e\u0301 a\u0308\u0323",
                        "\u0001\u001f\u007f\u0080\u00a0\u2028\ufeff\ufffd\uffff",
                        "\u07ff\u0800\uD7FF\uE000\uD800\uDC00\uDBFF\uDFFF",
                        "NULL",
                        "{a,b}",
                        "(a,b)",
                        "[a,b)"),
                Stream.of(new TypeValue(
                        type, "repeat('é\uD83D\uDE00x', 50000)::" + type, "é\uD83D\uDE00x".repeat(50000))));
    }

    private static Stream<TypeValue> blanks() {
        return Stream.of(
                literal("bpchar", "", ""),
                literal("bpchar", "abc", "abc"),
                literal("bpchar", "abc   ", "abc   "),
                literal("bpchar", "é  ", "é  "),
                new TypeValue("bpchar", "'ab'::char(5)::bpchar", "ab   "),
                new TypeValue("bpchar", "'\uD83D\uDE00'::char(3)::bpchar", "\uD83D\uDE00  "));
    }

    private static Stream<TypeValue> names() {
        return Stream.of(
                        literals("name", ITSELF, "", "abc", "Ünïcode \uD83D\uDE00", "x".repeat(63)),
                        literals("\"char\"", ITSELF, "", "a", " ", "\\", "'", "~"),
                        Stream.of(
                                new TypeValue("\"char\"", "1::\"char\"", "\u0001"),
                                new TypeValue("\"char\"", "127::\"char\"", "\u007f")),
                        literals("refcursor", ITSELF, "", "a \"cursor\""))
                .flatMap(type -> type);
    }

    private static Stream<TypeValue> documents() {
        String spaced = " { \"b\" : 1,\t\"a\":[1, 2.50,null] }\n";
        String escaped = "\"\\u00e9 é \uD83D\uDE00 \\\" \\\\\"";
        String twice = "{\"a\":1,\"a\":2}";
        return Stream.of(
                        literals("json", ITSELF, "null", "1", "\"\"", "{}", "[]", spaced, escaped, twice),
                        literals("jsonb", ITSELF, "null", "1", "\"\"", "{}", "[]"),
                        Stream.of(
                                literal("jsonb", spaced, "{\"a\": [1, 2.50, null], \"b\": 1}"),
                                literal("jsonb", escaped, "\"é é \uD83D\uDE00 \\\" \\\\\""),
                                literal("jsonb", twice, "{\"a\": 2}"),
                                literal("jsonb", "1e100", "1" + "0".repeat(100)),
                                literal("jsonpath", "$.a[*]", "$.\"a\"[*]"),
                                literal("jsonpath", "strict $.a ? (@.b > 1.50)", "strict $.\"a\"?(@.\"b\" > 1.50)")),
                        literals(
                                "xml",
                                ITSELF,
                                "",
                                "<a>é \uD83D\uDE00</a>",
                                "<?xml version=\"1.0\" standalone=\"yes\"?><a/>"))
                .flatMap(type -> type);
    }

    private static Stream<TypeValue> bytes() {
        byte[] every = new byte[256];
        for (int i = 0; i < every.length; i++) {
            every[i] = (byte) i;
        }
        return Stream.concat(
                literals(
                        "bytea",
                        literal -> HexFormat.of().parseHex(literal.substring(2)),
                        "\\x",
                        "\\x00",
                        "\\xff",
                        "\\xdeadbeef",
                        "\\x5c785c"),
                Stream.of(
                        literal("bytea", "abc", new byte[] {'a', 'b', 'c'}),
                        new TypeValue(
                                "bytea",
                                "decode((SELECT string_agg(lpad(to_hex(i), 2, '0'), '') FROM generate_series(0, 255) i), 'hex')",
                                every),
                        new TypeValue(
                                "bytea",
                                "convert_to(repeat('0123456789abcdef', 65536), 'UTF8')",
                                "0123456789abcdef".repeat(65536).getBytes(StandardCharsets.US_ASCII))));
    }

    private static Stream<TypeValue> uuids() {
        return literals(
                "uuid",
                UUID::fromString,
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                "80000000-0000-0000-8000-000000000001");
    }
}
