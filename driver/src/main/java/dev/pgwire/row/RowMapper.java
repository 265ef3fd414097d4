package dev.pgwire.row;

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
}
