package dev.pgwire.row;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    /** Rows as Maps, see {@link Row#toMap}: what psycopg2 calls RealDictCursor. */
    static RowMapper<Map<String, @Nullable Object>> maps() {
        return Row::toMap;
    }

    /** Rows as Lists of their values, which cannot be changed. */
    static RowMapper<List<@Nullable Object>> lists() {
        return row -> Collections.unmodifiableList(Arrays.asList(row.toArray()));
    }

    /** The first column of each row, as {@link Row#get(int, Class)} gives it. */
    static <T> RowMapper<@Nullable T> scalars(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return row -> row.get(0, type);
    }

    /** Rows as records, as {@link Row#to(Class)} makes them. */
    static <T extends Record> RowMapper<T> records(Class<T> type) {
        Objects.requireNonNull(type, "type");
        return row -> row.to(type);
    }
}
