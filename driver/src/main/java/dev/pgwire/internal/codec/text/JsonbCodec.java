package dev.pgwire.internal.codec.text;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.type.FieldWriter;

/**
 * jsonb and jsonpath: the document or the path as the server prints it, read as a String; no parser is involved. In binary
 * format a version byte, 1, stands before the text. Source: PostgreSQL manual, 8.14 JSON Types.
 */
public final class JsonbCodec extends FieldCodec<String> {
    /** The codec of jsonb. */
    public static final JsonbCodec INSTANCE = new JsonbCodec("jsonb", "a CharSequence with a JSON document");

    /** The codec of jsonpath. */
    public static final JsonbCodec JSONPATH = new JsonbCodec("jsonpath", "a CharSequence with a path");

    private static final int VERSION = 1;

    private final String expected;

    /** A codec for another type with the same bytes. */
    public JsonbCodec(String name, String expected) {
        super(name, String.class);
        this.expected = expected;
    }

    @Override
    public String decodeBinary(byte[] source, int offset, int length) {
        if (length == 0 || source[offset] != VERSION) {
            throw badBinary(length == 0 ? "no bytes" : "version " + (source[offset] & 0xFF) + ", expected " + VERSION);
        }
        return Utf8.decode(source, offset + 1, length - 1);
    }

    @Override
    public String decodeText(byte[] source, int offset, int length) {
        return Utf8.decode(source, offset, length);
    }

    @Override
    public String format(String value) {
        return value;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof CharSequence;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeByte(VERSION);
        out.writeUtf8(value.toString());
    }

    @Override
    public String expected() {
        return expected;
    }
}
