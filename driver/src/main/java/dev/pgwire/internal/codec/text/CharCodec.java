package dev.pgwire.internal.codec.text;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Octal;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import org.jspecify.annotations.Nullable;

/**
 * "char", with the quotes: one byte, read as a String of the one character with that code (0 to 255), or as "" for
 * the zero byte. Its text is the byte itself; from PostgreSQL 16 on, bytes over 127 are written as a backslash and
 * three octal digits. Not the type that SQL calls char(n). Source: PostgreSQL manual, 8.3 Character Types.
 */
public final class CharCodec extends FieldCodec<String> {
    /** The codec of "char". */
    public static final CharCodec INSTANCE = new CharCodec();

    private CharCodec() {
        super("char", String.class);
    }

    @Override
    public String decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 1);
        return ofByte(source[offset] & 0xFF);
    }

    @Override
    public String decodeText(byte[] source, int offset, int length) {
        if (length <= 1) {
            return length == 0 ? "" : ofByte(source[offset] & 0xFF);
        }
        int value = length == 4 ? Octal.escaped(source, offset, offset + length) : -1;
        if (value < 0) {
            throw badText(source, offset, length);
        }
        return ofByte(value);
    }

    @Override
    public String format(String value) {
        if (!accepts(value)) {
            throw noSuchText("a text of length " + value.length(), expected());
        }
        if (value.isEmpty() || value.charAt(0) < 0x80) {
            return value;
        }
        return '\\' + Integer.toOctalString(value.charAt(0));
    }

    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        // Servers before 16 send a byte over 127 as it is, which is not UTF-8.
        return format(
                format == Format.BINARY ? decodeBinary(source, offset, length) : decodeText(source, offset, length));
    }

    @Override
    public boolean accepts(Object value) {
        if (value instanceof Character character) {
            return character > 0 && character <= 0xFF;
        }
        return value instanceof CharSequence text
                && (text.length() == 0 || (text.length() == 1 && text.charAt(0) > 0 && text.charAt(0) <= 0xFF));
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        String text = value.toString();
        out.writeByte(text.isEmpty() ? 0 : text.charAt(0));
    }

    @Override
    public String expected() {
        return "one character from U+0001 to U+00FF, or the empty text for a zero byte";
    }

    @Override
    protected @Nullable Object convertTo(String value, Class<?> target) {
        return target == Character.class ? value.isEmpty() ? '\0' : value.charAt(0) : null;
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return target == Character.class;
    }

    @Override
    protected String conversions() {
        return "String, Character";
    }

    private static String ofByte(int value) {
        return value == 0 ? "" : String.valueOf((char) value);
    }
}
