package dev.pgwire.type;

import dev.pgwire.error.DataException;
import java.util.function.Function;

/**
 * How a class of a program is made of a class that the driver knows, and that of it. It serves every type whose values can be read
 * and given as the class that the driver knows, where {@link Codec} serves one type and knows its bytes:
 *
 * <pre>{@code
 * record UserId(long value) {}
 *
 * Config config = Config.builder()
 *         .conversion(Conversion.of(UserId.class, Long.class, UserId::new, UserId::value))
 *         .build();
 * }</pre>
 *
 * <p>Then a UserId may be given for a parameter of every type that takes a Long, and {@code get(0, UserId.class)}, components of
 * records, {@code UserId[].class} and {@code TypeRef<List<UserId>>} read every column that can be had as a Long. What is natural for
 * a column stays so: {@code get(0)} is no UserId. A subclass is given as its superclass is, or as an
 * interface of it, but not read.
 *
 * <p>It is registered with {@link dev.pgwire.config.Config.Builder#conversion} for the connections of a Config, with {@link
 * dev.pgwire.Connection#conversion} for one, and with {@link dev.pgwire.Postgres#conversion} for all. It serves all threads, and
 * never sees NULL. Whatever else than a {@link DataException} it throws becomes one.
 *
 * @param <T> the class of the program
 * @param <B> the class that the driver knows
 */
public interface Conversion<T, B> {
    /**
     * The class of the program.
     *
     * @return one that the driver does not know; if it does, this conversion comes first
     */
    Class<T> javaType();

    /**
     * The class that the driver knows.
     *
     * @return for example Long, String, or another that docs/types.md has
     */
    Class<B> baseType();

    /**
     * Makes a value of what was read.
     *
     * @param value as the driver read it
     * @return the value
     * @throws DataException when there is no value for it
     */
    T read(B value);

    /**
     * Makes what is written of a value.
     *
     * @param value the value
     * @return as the driver is to write it
     * @throws DataException when it cannot be written
     */
    B write(T value);

    /**
     * A conversion of two functions.
     *
     * @param type the class of the program
     * @param base the class that the driver knows
     * @param read does what {@link Conversion#read} does
     * @param write does what {@link Conversion#write} does
     * @param <T> the class of the program
     * @param <B> the class that the driver knows
     * @return the conversion
     */
    static <T, B> Conversion<T, B> of(Class<T> type, Class<B> base, Function<B, T> read, Function<T, B> write) {
        return new Conversion<>() {
            @Override
            public Class<T> javaType() {
                return type;
            }

            @Override
            public Class<B> baseType() {
                return base;
            }

            @Override
            public T read(B value) {
                return read.apply(value);
            }

            @Override
            public B write(T value) {
                return write.apply(value);
            }
        };
    }
}
