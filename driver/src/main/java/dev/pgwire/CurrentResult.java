package dev.pgwire;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.ProgrammingException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.session.RowStream;
import dev.pgwire.row.ColumnBatch;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.row.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of the result of a {@link Cursor} or a {@link ServerCursor}, and what it makes of them. */
abstract sealed class CurrentResult extends CurrentRow permits Cursor, ServerCursor {
    static final int ALL = Integer.MAX_VALUE;

    private int arraySize = 1;

    CurrentResult() {}

    /** The answer that is open. */
    abstract RowStream answer();

    /** The same, from which that number of rows is about to be taken. */
    RowStream answer(int rows) {
        return answer();
    }

    /** Goes on to the next row. */
    public abstract boolean next();

    /** The next row; null if there is none any more. */
    public @Nullable Row fetchOne() {
        return answer(1).take();
    }

    /** The next row as a record, see {@link #fetchAll(Class)}; null if there is none any more. */
    public <T extends Record> @Nullable T fetchOne(Class<T> type) {
        List<T> rows = answer(1).take(type, 1);
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** How many rows {@link #fetchMany()} reads; 1 until it is set. */
    public int arraySize() {
        return arraySize;
    }

    /** Sets how many rows {@link #fetchMany()} reads. */
    public void arraySize(int rows) {
        if (rows < 1) {
            throw new InterfaceException("arraySize is " + rows + ", expected at least 1");
        }
        arraySize = rows;
    }

    /** The next rows, {@link #arraySize} of them or as many as are left. */
    public Rows fetchMany() {
        return fetchMany(arraySize);
    }

    /** The next rows, at most that number; empty if there are none any more. */
    public Rows fetchMany(int rows) {
        checkRows(rows);
        return answer(rows).take(rows);
    }

    /** The next rows as records, see {@link #fetchAll(Class)}; at most that number, and empty if there are none any more. */
    public <T extends Record> List<T> fetchMany(int rows, Class<T> type) {
        checkRows(rows);
        return answer(rows).take(type, rows);
    }

    private static void checkRows(int rows) {
        if (rows < 0) {
            throw new InterfaceException("the number of rows is " + rows + ", expected at least 0");
        }
    }

    /**
     * The next rows as columns, for programs that compute with many values: arrays of primitives, and no object for a row.
     *
     * <pre>{@code
     * for (ColumnBatch batch = cur.fetchColumns(10_000); batch != null; batch = cur.fetchColumns(10_000)) {
     *     double[] prices = batch.doubles(0);
     * }
     * }</pre>
     *
     * @param batchSize the most rows of a batch. A batch ends earlier at the end of the result, or with more than 64 MiB
     * @return null if there are no rows any more
     */
    public @Nullable ColumnBatch fetchColumns(int batchSize) {
        if (batchSize < 1) {
            throw new InterfaceException("the size of a batch is " + batchSize + ", expected at least 1");
        }
        return answer(batchSize).takeColumns(batchSize);
    }

    /** All rows that are left; empty if there are none any more. */
    public Rows fetchAll() {
        return answer(ALL).take(ALL);
    }

    /**
     * All rows that are left, as records: each component takes the column of its name, where {@code createdAt} also takes
     * {@code created_at}. The components of a record inside take {@code address_city} or {@code address.city}, unless there is a
     * column {@code address}; if all of them are NULL it is null. A component may be an Optional, which is empty for NULL, and
     * one with type arguments is read as a {@link dev.pgwire.type.TypeRef}.
     *
     * @throws InterfaceException if a component has no column, or several, or is a primitive and its column NULL; it shows both
     *     sides
     * @throws DataException if a column's type is none that its component can be; it shows both sides, too
     */
    public <T extends Record> List<T> fetchAll(Class<T> type) {
        return answer(ALL).take(type, ALL);
    }

    /**
     * The first column of the next row, as {@link #get(int, Class)} gives it. It is null both for NULL and where there is no row
     * any more; {@link #fetchOptional()} and {@link #fetchSingle()} tell the two apart.
     */
    public <T> @Nullable T fetchScalar(Class<T> type) {
        return answer(1).next() ? get(0, type) : null;
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
        RowStream all = answer(ALL);
        for (Row row = all.take(); row != null; row = all.take()) {
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
    public <T extends Record> Stream<T> stream(Class<T> type) {
        RowMapper<T> mapper = answer().mapper(type);
        return stream().map(mapper::map);
    }

    /** As {@link #stream()}, of what a mapper makes of the rows. */
    public <T extends @Nullable Object> Stream<T> stream(RowMapper<T> mapper) {
        return stream().map(mapper::map);
    }
}
