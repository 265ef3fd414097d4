package dev.pgwire.internal.codec.text;

import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.type.FieldWriter;
import org.jspecify.annotations.Nullable;

/**
 * The types that are text on the wire, read as a String: text, varchar, bpchar, name, refcursor, cstring and unknown.
 * bpchar keeps its padding, as the server sends it. Source: PostgreSQL manual, 8.3 Character Types.
 */
public final class TextCodec extends FieldCodec<String> {
    /** The codec of text. */
    public static final TextCodec TEXT = new TextCodec("text");

    /** The codec of varchar. */
    public static final TextCodec VARCHAR = new TextCodec("varchar");

    /** The codec of bpchar, the type that SQL calls char(n). */
    public static final TextCodec BPCHAR = new TextCodec("bpchar");

    /** The codec of name, the type of identifiers in the catalogs. */
    public static final TextCodec NAME = new TextCodec("name");

    /** The codec of refcursor, the name of a portal. */
    public static final TextCodec REFCURSOR = new TextCodec("refcursor");

    /** The codec of cstring, which the input and output functions of types take and give. */
    public static final TextCodec CSTRING = new TextCodec("cstring");

    /** The codec of unknown, the type of a literal that nothing has given a type to. */
    public static final TextCodec UNKNOWN = new TextCodec("unknown");

    /** A codec for a type that is text, or an enum. */
    public TextCodec(String name) {
        super(name, String.class);
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
        return value instanceof CharSequence || value instanceof Character || value instanceof Enum<?>;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeUtf8(value instanceof Enum<?> constant ? constant.name() : value.toString());
    }

    /** The text is what it is in binary. */
    @Override
    public void encodeText(Object value, FieldBuffer out) {
        encode(value, out);
    }

    @Override
    public String expected() {
        return "a CharSequence, a Character or an Enum";
    }

    @Override
    protected @Nullable Object convertTo(String value, Class<?> target) {
        if (target == Character.class) {
            if (value.length() != 1) {
                throw noSuchText("a text of length " + value.length(), "a single Character");
            }
            return value.charAt(0);
        }
        if (target.isEnum()) {
            for (Object constant : target.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(value)) {
                    return constant;
                }
            }
            throw noSuchText("the text \"" + value + '"', "a constant of " + target.getSimpleName());
        }
        return null;
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return target == Character.class || target.isEnum();
    }

    @Override
    protected String conversions() {
        return "String, Character, an Enum";
    }
}
