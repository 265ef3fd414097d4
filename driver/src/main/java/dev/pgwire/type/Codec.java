package dev.pgwire.type;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How a class of a program is read from and written to the bytes of a type of PostgreSQL: for types that the driver does not
 * know, and for those that a program wants to have as a class of its own. It is registered under the name of the type, with
 * {@link dev.pgwire.config.Config.Builder#codec} for the connections of a Config, with {@link dev.pgwire.Connection#codec} for
 * one, and with {@link dev.pgwire.Postgres#codec} for all.
 *
 * <p>The bytes are those of the type's send and receive functions. A codec has no state and serves all threads. It never sees
 * NULL. Whatever else than a {@link DataException} it throws becomes one.
 *
 * <pre>{@code
 * record Vector(float[] values) {}
 *
 * Codec<Vector> codec = Codec.of(
 *         Vector.class,
 *         in -> {
 *             float[] values = new float[in.readShort()];
 *             in.readShort();
 *             for (int i = 0; i < values.length; i++) {
 *                 values[i] = in.readFloat();
 *             }
 *             return new Vector(values);
 *         },
 *         (vector, out) -> {
 *             out.writeShort(vector.values().length);
 *             out.writeShort(0);
 *             for (float value : vector.values()) {
 *                 out.writeFloat(value);
 *             }
 *         });
 * }</pre>
 *
 * @param <T> the class of the values
 */
public interface Codec<T> {
    /**
     * The class of the values.
     *
     * @return what a column of the type is read as, and what a parameter of it may be given as
     */
    Class<T> javaType();

    /**
     * Reads a value in binary format.
     *
     * @param in its bytes, of which none may be left
     * @return the value
     * @throws DataException when the bytes are no value
     */
    T read(FieldReader in);

    /**
     * Writes a value in binary format.
     *
     * @param value the value
     * @param out where its bytes go
     * @throws DataException when the type cannot hold the value
     */
    void write(T value, FieldWriter out);

    /**
     * Reads a value in text format, in which simple Queries and connections with {@code prepare=never} get them.
     *
     * @param text the text
     * @return the value
     * @throws DataException when the text is no value; by default always
     */
    default T parse(String text) {
        throw new DataException(
                SqlState.DATA_EXCEPTION,
                "the codec of " + javaType().getSimpleName() + " reads no text, expected a statement that is prepared,"
                        + " or a codec with parse",
                null);
    }

    /**
     * The text of a value, for {@code getString} of a column whose type the driver does not know by itself.
     *
     * @param value the value
     * @return by default what Java makes of it
     */
    default String print(T value) {
        return value.toString();
    }

    /**
     * A codec of two functions.
     *
     * @param type the class of the values
     * @param read does what {@link Codec#read} does
     * @param write does what {@link Codec#write} does
     * @param <T> the class of the values
     * @return a codec that reads no text
     */
    static <T> Codec<T> of(Class<T> type, Function<FieldReader, T> read, BiConsumer<T, FieldWriter> write) {
        return new Codec<>() {
            @Override
            public Class<T> javaType() {
                return type;
            }

            @Override
            public T read(FieldReader in) {
                return read.apply(in);
            }

            @Override
            public void write(T value, FieldWriter out) {
                write.accept(value, out);
            }
        };
    }
}
