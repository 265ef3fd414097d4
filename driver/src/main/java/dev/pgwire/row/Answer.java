package dev.pgwire.row;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.ProgrammingException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that the server answered to a statement: its rows, and what it says of them. It does not change: it may be kept for ever and
 * read by any thread, again and again.
 *
 * <p>The methods that give rows throw {@link InterfaceException} for a statement that returns none by its nature; those that give a
 * record throw it if a component has no column, or several, or is a primitive and its column NULL, and {@link DataException} if a
 * column's type is none that its component can be.
 */
public interface Answer {
    /** The columns; null if the statement returns no rows by its nature. */
    @Nullable
    List<Column> description();

    /** The rows. */
    Rows rows();

    /** The rows as records: each component takes the column of its name, as {@code Cursor.fetchAll(Class)} has it. */
    <T extends Record> List<T> rows(Class<T> type);

    /** The rows, as what a mapper makes of them. */
    <T extends @Nullable Object> List<T> rows(RowMapper<T> mapper);

    /** The rows as columns; null if there is no row. */
    @Nullable
    ColumnBatch columns();

    /**
     * The only row.
     *
     * @throws ProgrammingException with SQLSTATE 21000 if there is none, or more than one
     */
    Row single();

    /**
     * The only row as a record.
     *
     * @throws ProgrammingException with SQLSTATE 21000 if there is none, or more than one
     */
    <T extends Record> T single(Class<T> type);

    /**
     * The only row, as what a mapper makes of it.
     *
     * @throws ProgrammingException with SQLSTATE 21000 if there is none, or more than one
     */
    <T extends @Nullable Object> T single(RowMapper<T> mapper);

    /** The first row, if there is one. */
    Optional<Row> first();

    /** The first row as a record, if there is one. */
    <T extends Record> Optional<T> first(Class<T> type);

    /** The first row as what a mapper makes of it, if there is one and that is not null. */
    <T> Optional<T> first(RowMapper<T> mapper);

    /** The first column of the first row, as {@link Row#get(int, Class)} gives it; null for NULL, and if there is no row. */
    <T> @Nullable T scalar(Class<T> type);

    /** The number of rows that the statement returned or changed; -1 if it counts none. */
    long rowCount();

    /**
     * The number of rows that each set of values of an {@code executeMany} returned or changed, in the order of the sets; the
     * {@link #rowCount} alone after any other statement.
     *
     * @return a new array; -1 stands for a set whose statement counts no rows
     */
    long[] rowCounts();

    /** The server's command tag, such as {@code INSERT 0 1}; null for an empty statement. */
    @Nullable
    String statusMessage();

    /**
     * The answer to the next statement, of several in one string, or to the next set of values of an {@code executeMany} that returns
     * rows; null if this is the last.
     */
    @Nullable
    Answer next();
}
