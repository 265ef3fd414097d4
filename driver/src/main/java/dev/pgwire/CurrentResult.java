package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.ProgrammingException;
import dev.pgwire.error.SqlState;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.row.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a {@link Cursor} makes of the rows of its result, beyond the {@code fetch} methods of the DB-API. */
abstract sealed class CurrentResult extends CurrentRow permits Cursor {
    CurrentResult() {}

    /** Goes on to the next row. */
    public abstract boolean next();

    /** The next row; null if there is none any more. */
    public abstract @Nullable Row fetchOne();

    /** The next row as a record; null if there is none any more. */
    public abstract <T extends Record> @Nullable T fetchOne(Class<T> type);

    /** The next rows, at most that number. */
    public abstract Rows fetchMany(int rows);

    /** The next rows as records, at most that number. */
    public abstract <T extends Record> List<T> fetchMany(int rows, Class<T> type);

    /**
     * The first column of the next row, as {@link #get(int, Class)} gives it. It is null both for NULL and where there is no row
     * any more; {@link #fetchOptional()} and {@link #fetchSingle()} tell the two apart.
     */
    public <T> @Nullable T fetchScalar(Class<T> type) {
        return next() ? get(0, type) : null;
    }

    /**
     * The only row that is left.
     *
     * @throws ProgrammingException with SQLSTATE 21000 if there is none, or more than one
     */
    public Row fetchSingle() {
        return single(fetchMany(2));
    }

    /**
     * The only row that is left, as a record, see {@link Cursor#fetchAll(Class)}.
     *
     * @throws ProgrammingException with SQLSTATE 21000 if there is none, or more than one
     * @throws InterfaceException if a component has no column
     */
    public <T extends Record> T fetchSingle(Class<T> type) {
        return single(fetchMany(2, type));
    }

    private static <T> T single(List<T> rows) {
        if (rows.size() == 1) {
            return rows.get(0);
        }
        throw new ProgrammingException(
                SqlState.CARDINALITY_VIOLATION,
                "the result has " + (rows.isEmpty() ? "no row" : "more than one row") + ", expected exactly one",
                null);
    }

    /**
     * The only row that is left, as what a mapper makes of it.
     *
     * @throws ProgrammingException with SQLSTATE 21000 if there is none, or more than one
     */
    public <T extends @Nullable Object> T fetchSingle(RowMapper<T> mapper) {
        return mapper.map(fetchSingle());
    }

    /** The next row, if there is one. */
    public Optional<Row> fetchOptional() {
        return Optional.ofNullable(fetchOne());
    }

    /** The next row as a record, see {@link Cursor#fetchAll(Class)}, if there is one. */
    public <T extends Record> Optional<T> fetchOptional(Class<T> type) {
        return Optional.ofNullable(fetchOne(type));
    }

    /** The next row as what a mapper makes of it, if there is one and that is not null. */
    public <T> Optional<T> fetchOptional(RowMapper<T> mapper) {
        return Optional.ofNullable(fetchOne(mapper));
    }

    /** The next row, as what a mapper makes of it; null if there is none any more. */
    public <T extends @Nullable Object> @Nullable T fetchOne(RowMapper<T> mapper) {
        Row row = fetchOne();
        return row == null ? null : mapper.map(row);
    }

    /** The next rows, as what a mapper makes of them; at most that number, and empty if there are none any more. */
    public <T extends @Nullable Object> List<T> fetchMany(int rows, RowMapper<T> mapper) {
        List<T> values = new ArrayList<>();
        for (Row row : fetchMany(rows)) {
            values.add(mapper.map(row));
        }
        return values;
    }

    /** All rows that are left, as what a mapper makes of them. The mapper may keep the rows that it is given. */
    public <T extends @Nullable Object> List<T> fetchAll(RowMapper<T> mapper) {
        List<T> values = new ArrayList<>();
        for (Row row = fetchOne(); row != null; row = fetchOne()) {
            values.add(mapper.map(row));
        }
        return values;
    }

    /**
     * The rows that are left, read as the stream is consumed. Closing the stream closes the result: what is left of it is read
     * and forgotten, and the cursor may run another statement.
     */
    public abstract Stream<Row> stream();

    /** As {@link #stream()}, of records, see {@link Cursor#fetchAll(Class)}. */
    public abstract <T extends Record> Stream<T> stream(Class<T> type);

    /** As {@link #stream()}, of what a mapper makes of the rows. */
    public <T extends @Nullable Object> Stream<T> stream(RowMapper<T> mapper) {
        return stream().map(mapper::map);
    }
}
