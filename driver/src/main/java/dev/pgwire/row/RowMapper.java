package dev.pgwire.row;

import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value of a row.
 *
 * @param <T> what a row becomes
 */
@FunctionalInterface
public interface RowMapper<T extends @Nullable Object> {
    /** The value of one row. */
    T map(Row row);

    /**
     * The mapper to a record that its module keeps from the driver: a private one, in a package that is neither open nor exported.
     *
     * <pre>{@code
     * static final RowMapper<User> USERS = RowMapper.of(User.class, MethodHandles.lookup());
     *
     * List<User> users = conn.execute("SELECT id, name FROM users").fetchAll(USERS);
     * }</pre>
     *
     * @param type the class of the record
     * @param lookup of a class that may make the record; it serves for the records inside, too
     * @param <T> the record
     * @return a mapper for all threads and all columns, which does what {@link Row#to(Class, MethodHandles.Lookup)} does
     */
    static <T extends Record> RowMapper<T> of(Class<T> type, MethodHandles.Lookup lookup) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(lookup, "lookup");
        return row -> row.to(type, lookup);
    }
}
