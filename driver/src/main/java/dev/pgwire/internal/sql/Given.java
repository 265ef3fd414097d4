package dev.pgwire.internal.sql;

import dev.pgwire.error.InterfaceException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A statement as the server takes it, with its values in the order of the parameters.
 *
 * @param sql with {@code $1} where the program may have written {@code :name}
 */
public record Given(String sql, @Nullable Object[] values) {
    /**
     * What a caller gives.
     *
     * @param values null for one NULL, which is what Java makes of a single null
     * @throws InterfaceException if the values do not fit the parameters' names
     */
    public static Given of(String sql, @Nullable Object @Nullable [] values, boolean backslashEscapes) {
        Objects.requireNonNull(sql, "sql");
        @Nullable Object[] given = values == null ? new @Nullable Object[1] : values;
        NamedSql named = NamedSql.ofValues(sql, given, backslashEscapes);
        return named == null ? new Given(sql, given) : new Given(named.sql(), named.valuesOf(given[0]));
    }
}
