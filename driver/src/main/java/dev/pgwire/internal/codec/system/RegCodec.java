package dev.pgwire.internal.codec.system;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.internal.codec.number.WholeNumbers;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * regclass and its like: the name of an object of the database, read as a String. The bytes say only its oid, so text is asked
 * for. What is given in binary is read as the digits of the oid, and as "-" for 0, as the server prints the oid of an object that
 * does not exist. Source: PostgreSQL manual, 8.19 Object Identifier Types.
 */
public final class RegCodec extends FieldCodec<String> {
    /** The codec of regproc, a function by its name alone. */
    public static final RegCodec REGPROC = new RegCodec("regproc");

    /** The codec of regprocedure, a function with the types of its arguments. */
    public static final RegCodec REGPROCEDURE = new RegCodec("regprocedure");

    /** The codec of regoper, an operator by its name alone. */
    public static final RegCodec REGOPER = new RegCodec("regoper");

    /** The codec of regoperator, an operator with the types of its arguments. */
    public static final RegCodec REGOPERATOR = new RegCodec("regoperator");

    /** The codec of regclass: a table, a view, an index or a sequence. */
    public static final RegCodec REGCLASS = new RegCodec("regclass");

    /** The codec of regtype. */
    public static final RegCodec REGTYPE = new RegCodec("regtype");

    /** The codec of regconfig, a configuration of text search. */
    public static final RegCodec REGCONFIG = new RegCodec("regconfig");

    /** The codec of regdictionary, a dictionary of text search. */
    public static final RegCodec REGDICTIONARY = new RegCodec("regdictionary");

    /** The codec of regnamespace, a schema. */
    public static final RegCodec REGNAMESPACE = new RegCodec("regnamespace");

    /** The codec of regrole. */
    public static final RegCodec REGROLE = new RegCodec("regrole");

    /** The codec of regcollation. */
    public static final RegCodec REGCOLLATION = new RegCodec("regcollation");

    private static final String NONE = "-";
    private static final long MAX = 0xFFFF_FFFFL;
    private static final int MOST_DIGITS = 10;

    private RegCodec(String name) {
        super(name, String.class);
    }

    @Override
    public Format wanted() {
        return Format.TEXT;
    }

    @Override
    public String decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 4);
        int oid = BigEndian.getInt(source, offset);
        return oid == 0 ? NONE : Integer.toUnsignedString(oid);
    }

    @Override
    public String decodeText(byte[] source, int offset, int length) {
        return Utf8.decode(source, offset, length);
    }

    @Override
    public String format(String value) {
        return value;
    }

    /** A name is not accepted, since only the server knows its oid: {@link #literal} is its text. */
    @Override
    public boolean accepts(Object value) {
        return value instanceof CharSequence text ? oid(text.toString()) >= 0 : WholeNumbers.isWithin(value, 0, MAX);
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeInt((int) (value instanceof CharSequence text ? oid(text.toString()) : WholeNumbers.of(value)));
    }

    /** The oid that stands in digits, or -1. */
    private static long oid(String text) {
        if (text.equals(NONE)) {
            return 0;
        }
        int length = text.length();
        if (length == 0 || length > MOST_DIGITS) {
            return -1;
        }
        long value = 0;
        for (byte digit : text.getBytes(StandardCharsets.UTF_8)) {
            if (!Ascii.isDigit(digit)) {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value > MAX ? -1 : value;
    }

    /** Also of an oid, which may stand in an array with names. */
    @Override
    public @Nullable String literal(Object value) {
        return value instanceof Number && accepts(value) ? Long.toString(WholeNumbers.of(value)) : super.literal(value);
    }

    @Override
    public String expected() {
        return "an oid from 0 to 4294967295 as a whole number or as digits, or a name as a CharSequence";
    }
}
