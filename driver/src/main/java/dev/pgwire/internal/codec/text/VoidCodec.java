package dev.pgwire.internal.codec.text;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.FieldWriter;

/**
 * void, what a function returns that returns nothing: no bytes in both formats, read as the empty String. Source: PostgreSQL
 * manual, 8.21 Pseudo-Types.
 */
public final class VoidCodec extends FieldCodec<String> {
    /** The codec of void. */
    public static final VoidCodec INSTANCE = new VoidCodec();

    private VoidCodec() {
        super("void", String.class);
    }

    @Override
    public String decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 0);
        return "";
    }

    @Override
    public String decodeText(byte[] source, int offset, int length) {
        if (length != 0) {
            throw badText(source, offset, length);
        }
        return "";
    }

    @Override
    public String format(String value) {
        if (!value.isEmpty()) {
            throw noSuchText("a text of length " + value.length(), expected());
        }
        return value;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof CharSequence text && text.length() == 0;
    }

    @Override
    public void encode(Object value, FieldWriter out) {}

    @Override
    public String expected() {
        return "the empty text";
    }
}
