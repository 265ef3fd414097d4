package dev.pgwire.internal.codec.text;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.type.FieldWriter;

/**
 * json: the document as it was written, read as a String; no parser is involved. Source: PostgreSQL manual, 8.14 JSON
 * Types.
 */
public final class JsonCodec extends FieldCodec<String> {
    /** The codec of json. */
    public static final JsonCodec INSTANCE = new JsonCodec();

    private JsonCodec() {
        super("json", String.class);
    }

    @Override
    public String decodeBinary(byte[] source, int offset, int length) {
        return Utf8.decode(source, offset, length);
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
        out.writeUtf8(value.toString());
    }

    @Override
    public String expected() {
        return "a CharSequence with a JSON document";
    }
}
