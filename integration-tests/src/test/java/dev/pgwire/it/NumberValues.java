package dev.pgwire.it;

import static dev.pgwire.it.TypeValue.literals;

import dev.pgwire.type.BitString;
import java.math.BigDecimal;
import java.util.stream.Stream;

/** Numbers, truth and bits. */
final class NumberValues {
    private NumberValues() {}

    static Stream<TypeValue> all() {
        return Stream.of(whole(), real(), numeric(), longNumeric(), bits()).flatMap(family -> family);
    }

    private static Stream<TypeValue> whole() {
        return Stream.of(
                        literals("bool", Boolean::valueOf, "true", "false"),
                        literals("int2", Short::valueOf, "0", "1", "-1", "32767", "-32768", "256"),
                        literals("int4", Integer::valueOf, "0", "1", "-1", "2147483647", "-2147483648", "65536"),
                        literals(
                                "int8",
                                Long::valueOf,
                                "0",
                                "1",
                                "-1",
                                "9223372036854775807",
                                "-9223372036854775808",
                                "4294967296",
                                "-4294967297"),
                        literals("oid", Long::valueOf, "0", "1", "2147483647", "2147483648", "4294967295"),
                        literals(
                                "money",
                                literal -> new BigDecimal(literal).setScale(2),
                                "0",
                                "12.34",
                                "-0.05",
                                "-1234567.89",
                                "92233720368547758.07",
                                "-92233720368547758.08"))
                .flatMap(type -> type);
    }

    private static Stream<TypeValue> real() {
        return Stream.concat(
                literals(
                        "float4",
                        Float::valueOf,
                        "0",
                        "-0",
                        "1",
                        "-1.5",
                        "0.1",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "3.4028235e38",
                        "-3.4028235e38",
                        "1e-45",
                        "1.17549435e-38",
                        "1.1754942e-38",
                        "16777216",
                        "123456",
                        "1234567",
                        "1e6",
                        "1e5",
                        "999999.9",
                        "0.0001",
                        "0.00001",
                        "3.1415927",
                        "8.5899346e9",
                        "1e22",
                        "2.5e-40",
                        "33554432"),
                literals(
                        "float8",
                        Double::valueOf,
                        "0",
                        "-0",
                        "1",
                        "-1.5",
                        "0.1",
                        "0.3",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "1.7976931348623157e308",
                        "-1.7976931348623157e308",
                        "5e-324",
                        "4.9406564584124654e-324",
                        "2.2250738585072014e-308",
                        "2.225073858507201e-308",
                        "9007199254740993",
                        "123456789012345",
                        "1234567890123456",
                        "1e14",
                        "1e15",
                        "1e16",
                        "999999999999999.9",
                        "0.0001",
                        "0.00001",
                        "3.141592653589793",
                        "1e21",
                        "1e22",
                        "1e23",
                        "2e-3",
                        "9.5e-7"));
    }

    /** Those that no BigDecimal is are doubles, and no scale is negative. */
    private static Object decimal(String literal) {
        if (literal.endsWith("NaN") || literal.endsWith("Infinity")) {
            return Double.valueOf(literal);
        }
        return new BigDecimal(new BigDecimal(literal).toPlainString());
    }

    private static Stream<TypeValue> numeric() {
        return literals(
                "numeric",
                NumberValues::decimal,
                "0",
                "0.0",
                "0.00000",
                "1",
                "-1",
                "1.10",
                "-0.5",
                "10000",
                "100000000",
                "99999999",
                "9999.9999",
                "10000.0001",
                "0.0001",
                "0.00001",
                "0.000000000000000000000000000000000001",
                "-123456789012345678901234567890.123456789012345678901234567890",
                "9223372036854775807",
                "9223372036854775808",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e100",
                "1e-100",
                "1.5e300");
    }

    private static TypeValue numeric(String sql, String value) {
        return new TypeValue("numeric", sql, new BigDecimal(value));
    }

    /** As many digits as there can be. */
    private static Stream<TypeValue> longNumeric() {
        return Stream.of(
                numeric("12.5::numeric(10,2)", "12.50"),
                numeric("(-0.005)::numeric(3,3)", "-0.005"),
                numeric("0.1::numeric(1000,500)", "0.1" + "0".repeat(499)),
                numeric("repeat('9', 1000)::numeric", "9".repeat(1000)),
                numeric("('0.' || repeat('0', 998) || '1')::numeric", "0." + "0".repeat(998) + "1"),
                numeric(
                        "(repeat('123456789', 111) || '.' || repeat('987654321', 111))::numeric",
                        "123456789".repeat(111) + "." + "987654321".repeat(111)),
                numeric("('-' || repeat('10000', 200))::numeric", "-" + "10000".repeat(200)),
                numeric("repeat('9', 131072)::numeric", "9".repeat(131072)),
                numeric("('0.' || repeat('0', 16382) || '7')::numeric", "0." + "0".repeat(16382) + "7"),
                numeric(
                        "(repeat('1', 131072) || '.' || repeat('2', 16383))::numeric",
                        "1".repeat(131072) + "." + "2".repeat(16383)));
    }

    private static Stream<TypeValue> bits() {
        return Stream.of(
                        literals("bit(4)", BitString::of, "1010", "0000"),
                        literals("bit", BitString::of, "0", "1"),
                        literals("varbit", BitString::of, "", "10101", "10101010", "101010101"),
                        Stream.of(
                                new TypeValue("varbit", "repeat('110', 100)::varbit", BitString.of("110".repeat(100)))))
                .flatMap(type -> type);
    }
}
