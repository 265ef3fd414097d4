package dev.pgwire.internal.codec;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.InvalidTextRepresentationException;
import dev.pgwire.error.NumericOutOfRangeException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a type are read from and written to the wire, in the binary and the text format. It knows bytes, and
 * nothing of a type but what messages call it: types whose bytes are the same may share one.
 *
 * <p>A codec has no state and serves all threads. Whatever bytes it is given, within the array, it answers with a value
 * or a {@link DataException}; it never allocates by a length that the bytes only claim. SQL null never comes here.
 *
 * @param <T> the Java type that a value has when nothing else is asked for
 */
public abstract class FieldCodec<T> extends ReadableTypes {
    private final String name;
    private final Class<T> javaType;

    /**
     * A codec.
     *
     * @param name what messages call the type
     * @param javaType the Java type of its values
     */
    @SuppressWarnings("unchecked") // The class of a generic type is that of its raw type.
    protected FieldCodec(String name, Class<? super T> javaType) {
        this.name = name;
        this.javaType = (Class<T>) javaType;
    }

    /**
     * What messages call the type.
     *
     * @return for example "int4"
     */
    @Override
    public final String name() {
        return name;
    }

    /**
     * The Java type of its values.
     *
     * @return what {@link #decodeBinary} and {@link #decodeText} give
     */
    @Override
    public final Class<T> javaType() {
        return javaType;
    }

    /**
     * The codec itself, where another one adds to what it does.
     *
     * @return this one, unless it adds to another
     */
    public FieldCodec<?> plain() {
        return this;
    }

    /**
     * Reads a value in binary format.
     *
     * @param source the bytes
     * @param offset where the value begins
     * @param length how many bytes it has
     * @return the value
     * @throws DataException when the bytes are no value of the type, or one that the Java type cannot hold
     */
    public abstract T decodeBinary(byte[] source, int offset, int length);

    /**
     * Reads a value in text format, as the server prints it under DateStyle ISO.
     *
     * @param source the bytes
     * @param offset where the value begins
     * @param length how many bytes it has
     * @return the value
     * @throws DataException when the bytes are no value of the type, or one that the Java type cannot hold
     */
    public abstract T decodeText(byte[] source, int offset, int length);

    /**
     * The value as the server's cast to text gives it: bool "true" and "false", timestamptz at offset +00.
     *
     * @param value the value
     * @return its text
     * @throws DataException when PostgreSQL cannot hold the value
     */
    public abstract String format(T value);

    /**
     * The value as the server prints it inside of an array, a range or a row. Of bool that is another text than the cast
     * gives.
     *
     * @param value the value
     * @return its text
     * @throws DataException when PostgreSQL cannot hold the value
     */
    public String output(T value) {
        return format(value);
    }

    /**
     * As {@link #textOf}, but as the server prints it inside of an array, a range or a row.
     *
     * @param source the bytes
     * @param offset where the value begins
     * @param length how many bytes it has
     * @param format the format they are in
     * @return the text
     * @throws DataException when the bytes are no value of the type
     */
    public String outputOf(byte[] source, int offset, int length, Format format) {
        return textOf(source, offset, length, format);
    }

    /**
     * The format in which values are asked for.
     *
     * @return binary, unless the text says more
     */
    public Format wanted() {
        return Format.BINARY;
    }

    /**
     * Whether {@link #encode} can write this value, by its class and by its range.
     *
     * @param value any object
     * @return true when it can be written
     */
    public abstract boolean accepts(Object value);

    /**
     * The text in which a value can be sent that {@link #accepts} says false to; the server reads it as it reads a quoted
     * literal.
     *
     * @param value any object
     * @return null when there is no such text
     */
    public @Nullable String literal(Object value) {
        return value instanceof CharSequence ? value.toString() : null;
    }

    /**
     * The text of a value inside of an array or a row that is sent as text.
     *
     * @param value any object
     * @return null when it can be sent neither in binary nor as text
     */
    public final @Nullable String part(Object value) {
        String literal = literal(value);
        if (literal != null || !accepts(value)) {
            return literal;
        }
        FieldBuffer written = new FieldBuffer();
        encode(value, written);
        return outputOf(written.bytes(), 0, written.size(), Format.BINARY);
    }

    /**
     * Writes a value in binary format.
     *
     * @param value one that {@link #accepts} said true to
     * @param out where the bytes go, without a length word
     * @throws DataException when the text has a character that PostgreSQL cannot store
     */
    public abstract void encode(Object value, FieldWriter out);

    /**
     * Writes the text of a value, as {@link #outputOf} gives it.
     *
     * @param value one that {@link #accepts} said true to
     * @param out where the text goes, in UTF8
     * @throws DataException when the text has a character that PostgreSQL cannot store
     */
    public void encodeText(Object value, FieldBuffer out) {
        int from = out.size();
        encode(value, out);
        String text = outputOf(out.bytes(), from, out.size() - from, Format.BINARY);
        out.cut(from);
        out.writeUtf8(text);
    }

    /**
     * What {@link #accepts} says true to, in words for a message.
     *
     * @return for example "a whole number from -32768 to 32767"
     */
    public abstract String expected();

    /**
     * The value as another class: its own, Object, String ({@link #format}), and what {@link #conversions} lists.
     *
     * @param value the value
     * @param target the class that is wanted; {@code int.class} is as good as {@code Integer.class}
     * @param <V> the class that is wanted
     * @return the converted value
     * @throws DataException when there is no way, saying which ones there are, or when the value does not fit
     */
    @SuppressWarnings("unchecked") // The cast of a primitive class cannot be checked; its wrapper was.
    public final <V> V convert(T value, Class<V> target) {
        Class<?> wanted =
                target.isPrimitive() ? MethodType.methodType(target).wrap().returnType() : target;
        if (wanted.isInstance(value)) {
            return (V) value;
        }
        if (wanted == String.class || wanted == CharSequence.class) {
            return (V) format(value);
        }
        Object converted = convertTo(value, wanted);
        if (converted == null) {
            throw noConversion(target);
        }
        return (V) wanted.cast(converted);
    }

    /**
     * A value of the wire as the class that is wanted. Unlike decoding and {@link #convert}, it also serves values that
     * the Java type cannot hold but the target can: the text of {@code 24:00:00}, the {@code double} of NaN.
     *
     * @param source the bytes
     * @param offset where the value begins
     * @param length how many bytes it has
     * @param format the format they are in
     * @param target the class that is wanted
     * @param <V> the class that is wanted
     * @return the converted value
     * @throws DataException when the bytes are no value of the type, or when there is no way, saying which ones there
     *     are
     */
    @SuppressWarnings("unchecked") // The two classes are tested.
    public <V> V decodeAs(byte[] source, int offset, int length, Format format, Class<V> target) {
        if (target == String.class && javaType != String.class) {
            return (V) textOf(source, offset, length, format);
        }
        if (target == Object.class) {
            return (V) generic(source, offset, length, format);
        }
        return convert(decode(source, offset, length, format), target);
    }

    /**
     * A value of the wire as a type that may have type arguments. A wildcard stands for its upper bound.
     *
     * @param source the bytes
     * @param offset where the value begins
     * @param length how many bytes it has
     * @param format the format they are in
     * @param target the type that is wanted
     * @return the value, of that type
     * @throws DataException as {@link #decodeAs}
     */
    public final Object decodeTyped(byte[] source, int offset, int length, Format format, Type target) {
        if (target instanceof Class<?> plain) {
            return decodeAs(source, offset, length, format, plain);
        }
        if (target instanceof WildcardType wildcard) {
            return decodeTyped(source, offset, length, format, wildcard.getUpperBounds()[0]);
        }
        if (target instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return decodeGeneric(source, offset, length, format, raw, generic);
        }
        throw noConversion(target);
    }

    /**
     * A value of the wire as a type with type arguments; what a codec of values that have parts overrides.
     *
     * @param source the bytes
     * @param offset where the value begins
     * @param length how many bytes it has
     * @param format the format they are in
     * @param raw the class that has the arguments
     * @param target the type that is wanted
     * @return the value, of that type
     * @throws DataException as {@link #decodeAs}
     */
    protected Object decodeGeneric(
            byte[] source, int offset, int length, Format format, Class<?> raw, ParameterizedType target) {
        throw noConversion(target);
    }

    /**
     * The value when no class is asked for: the same as decoding, but a numeric that is NaN or infinite is a Double.
     *
     * @param source the bytes
     * @param offset where the value begins
     * @param length how many bytes it has
     * @param format the format they are in
     * @return the value
     * @throws DataException when the bytes are no value of the type, or one that the Java type cannot hold
     */
    public Object generic(byte[] source, int offset, int length, Format format) {
        return decode(source, offset, length, format);
    }

    /**
     * The value as the server prints it, without loss, for every value of the type: what is in text format is given
     * as it is (bool as "true" and "false"), what is in binary format is rendered.
     *
     * @param source the bytes
     * @param offset where the value begins
     * @param length how many bytes it has
     * @param format the format they are in
     * @return the text
     * @throws DataException when the bytes are no value of the type
     */
    public String textOf(byte[] source, int offset, int length, Format format) {
        return format == Format.TEXT
                ? Utf8.decode(source, offset, length)
                : format(decodeBinary(source, offset, length));
    }

    /**
     * Converts a value to a class that is neither its own nor String, if {@link #convertsTo} says that it is one.
     *
     * @param value the value
     * @param target the class that is wanted, never a primitive one
     * @return the converted value, or null when there is no way
     * @throws DataException when there is a way but the value does not fit
     */
    protected @Nullable Object convertTo(T value, Class<?> target) {
        return null;
    }

    @Override
    public String toString() {
        return name;
    }

    private T decode(byte[] source, int offset, int length, Format format) {
        return format == Format.BINARY ? decodeBinary(source, offset, length) : decodeText(source, offset, length);
    }

    public final void checkLength(int length, int expected) {
        if (length != expected) {
            throw badBinary(length + " bytes, expected " + expected);
        }
    }

    public final DataException badBinary(String what) {
        return new DataException(SqlState.INVALID_BINARY_REPRESENTATION, "not a binary " + name + ": " + what, null);
    }

    public final DataException badText(byte[] source, int offset, int length) {
        return badText(source, offset, length, "");
    }

    public final DataException badText(byte[] source, int offset, int length, String form) {
        return new InvalidTextRepresentationException(
                SqlState.INVALID_TEXT_REPRESENTATION,
                "not the text of a " + name + form + ": \"" + Utf8.excerpt(source, offset, length) + '"',
                null);
    }

    public final DataException outOfRange(String value, String range) {
        return new NumericOutOfRangeException(
                SqlState.NUMERIC_VALUE_OUT_OF_RANGE, value + " of type " + name + " is not " + range, null);
    }

    /** By its SQLSTATE: the class is not loaded with the codecs, since the JVM checks what they make. */
    public final DatabaseException dateOutOfRange(Object value, String range) {
        return DriverErrors.of(SqlState.DATETIME_FIELD_OVERFLOW, value + " of type " + name + " is not " + range, null);
    }

    public final DataException noSuchText(String text, String what) {
        return new InvalidTextRepresentationException(
                SqlState.INVALID_TEXT_REPRESENTATION, text + " of type " + name + " is not " + what, null);
    }
}
