package dev.pgwire;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.call.Calling;
import dev.pgwire.internal.insert.InsertRows;
import dev.pgwire.internal.session.RowStream;
import dev.pgwire.internal.session.Session;
import dev.pgwire.internal.sql.NamedSql;
import dev.pgwire.internal.sql.ParameterSets;
import dev.pgwire.internal.sql.SqlExcerpt;
import dev.pgwire.internal.statement.ValueLiterals;
import dev.pgwire.observe.StatementKind;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.sql.Composable;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements and reads their results. A cursor belongs to one thread.
 *
 * <p>A small result (less than 64 KiB) has arrived when {@code execute} returns, so that whatever the server has against
 * the statement is thrown there. A larger one is read from the socket as it is consumed; only {@link #fetchAll} holds it
 * whole.
 *
 * <p>There are three ways to read rows, which can be mixed: {@link #next} with the getters of this class, which allocates
 * nothing; iteration; and the {@code fetch} methods of the DB-API. The rows of the last two may be kept for ever.
 */
public final class Cursor extends CurrentResult implements SqlExecutor, Iterable<Row>, AutoCloseable {
    private final Connection connection;
    private @Nullable RowStream answer;
    /** What was run last. */
    private @Nullable String sql;

    /** 0 for no pages. */
    private int fetchSize;

    private boolean closed;
    /** Null while it is the connection's. */
    private @Nullable Duration deadline;

    Cursor(Connection connection) {
        this.connection = connection;
    }

    /** A cursor with the answer to a statement. */
    Cursor(Connection connection, String sql, RowStream answer) {
        this.connection = connection;
        this.sql = sql;
        this.answer = answer;
    }

    /** The connection it belongs to. */
    public Connection connection() {
        return connection;
    }

    /** {@inheritDoc} What an earlier statement of this cursor left unread is forgotten. */
    @Override
    public Cursor execute(String sql, @Nullable Object... values) {
        startAnew(sql);
        @Nullable Object[] given = values == null ? new @Nullable Object[1] : values;
        NamedSql named = connection.session().named(sql, given);
        @Nullable Object[] ordered = named == null ? given : named.valuesOf(given[0]);
        String numbered = named == null ? sql : named.sql();
        answer = fetchSize > 0
                ? Pages.of(connection, numbered, ordered, fetchSize, deadline())
                : connection.session().execute(numbered, ordered, deadline());
        return this;
    }

    @Override
    public String literal(@Nullable Object value) {
        return new ValueLiterals(open().types()).literal(value);
    }

    @Override
    public String mogrify(String sql, @Nullable Object... values) {
        Session session = open();
        return new ValueLiterals(session.types())
                .mogrify(sql, values, session.server().hasBackslashEscapes());
    }

    /**
     * Sends a string as one simple Query. Every column of every result arrives as the server's text, see
     * {@link Row#getRaw}; nothing is prepared. If a later statement of several fails, the results before it can be read;
     * {@link #nextSet} throws when it comes to the one that failed.
     *
     * @return this cursor
     */
    public Cursor executeSimple(String sql) {
        startAnew(sql);
        answer = connection.session().query(sql, deadline());
        return this;
    }

    /**
     * Calls a function by {@code SELECT * FROM name($1, ...)}, or a procedure by {@code CALL name($1, ...)}: which of the two, the server
     * is asked before a connection's first call of a name. Parameters of a procedure that only give something out need no value; what it
     * gives out is a row.
     *
     * @param name {@code name} or {@code schema.name}, each part as the catalog has it; one with a dot in it stands in double quotes
     * @param values in the order of the parameters
     * @return this cursor, with the rows
     * @throws DatabaseException under SQLSTATE 42883 if there is nothing of the name that takes them
     */
    public Cursor callProc(String name, @Nullable Object... values) {
        startAnew("CALL " + name);
        Session session = connection.session();
        answer = session.stream(
                StatementKind.CALL,
                Calling.of(session.dispatch(), connection.routines(), name, values),
                name,
                deadline());
        return this;
    }

    /**
     * The same with values by the names of the parameters: {@code name("a" => $1)}. What has a default may be left out.
     *
     * @param values by name, as the catalog has it
     */
    public Cursor callProc(String name, Map<String, ?> values) {
        startAnew("CALL " + name);
        Session session = connection.session();
        answer = session.stream(
                StatementKind.CALL,
                Calling.named(session.dispatch(), connection.routines(), name, values),
                name,
                deadline());
        return this;
    }

    /**
     * Runs one statement for each of many sets of values, in one go: the server answers once, at the end. Outside a
     * transaction all of it happens or nothing.
     *
     * <p>{@link #rowCount} is the sum of all, {@link #rowCounts} has them one by one. A statement that returns rows gives
     * one result for each set, see {@link #nextSet}, and {@link #rowCount} is that of the current one.
     *
     * <p>All sets have been executed when this method returns, with one exception: once the results take more memory than
     * an unread result may (64 MiB or a quarter of the heap), the sets that are left are asked for and sent as the
     * results are read, by the next thread that uses the connection. That call throws a failure then; a connection that is closed
     * before the results were read or their cursor closed has executed nothing.
     *
     * @param sets each an {@code Object[]} or a List with a value for each {@code $n}, or a Map or a record with one for
     *     each {@code :name}
     * @return this cursor
     * @throws InterfaceException if a set has the wrong number of values or is of the wrong kind, as {@link #execute}
     * @throws PgException what the server or the codecs have against it; {@link DatabaseException#place} names the set
     *     that the server refused
     */
    public Cursor executeMany(String sql, Iterable<?> sets) {
        startAnew(sql);
        Session session = connection.session();
        ParameterSets values = new ParameterSets(sql, sets, session.server().hasBackslashEscapes());
        answer = session.executeMany(values.sql(), values, deadline());
        return this;
    }

    /** As {@link #executeMany(String, Iterable)}, of a statement that was composed. */
    public Cursor executeMany(Composable sql, Iterable<?> sets) {
        return executeMany(sql.asString(this), sets);
    }

    /** As {@link #insertMany(BulkInsert, Iterable)}, with nothing asked but the table and the columns. */
    public Cursor insertMany(String table, List<String> columns, Iterable<?> rows) {
        return insertMany(BulkInsert.into(table, columns), rows);
    }

    /**
     * Inserts many rows in the quickest way, as {@link SqlClient#insertMany(BulkInsert, Iterable)} describes it.
     *
     * @return this cursor
     */
    public Cursor insertMany(BulkInsert insert, Iterable<?> rows) {
        startAnew(insert.toString());
        answer = connection
                .session()
                .insertMany(insert.target(), new InsertRows(insert.columns(), rows.iterator()), deadline());
        return this;
    }

    /** The columns of the current result; null if there is none, or it has no rows by its nature. */
    public @Nullable List<Column> description() {
        return answer == null ? null : answer.columns();
    }

    /**
     * The number of rows that the statement returned or changed. To know it, a result that is still arriving is read to its
     * end and kept; -1 if that would take too much memory, before the first statement, and after one that counts no rows.
     */
    public long rowCount() {
        return answer == null ? -1 : answer.rowCount();
    }

    /**
     * The number of rows that each set of values of {@link #executeMany} returned or changed, in the order of the sets; the
     * one {@link #rowCount} after any other statement, and nothing before the first. To know them, results that are still
     * arriving are read to their end and kept.
     *
     * @return a new array; -1 stands for a set whose statement counts no rows
     * @throws InterfaceException if results that have not been read would take too much memory
     * @throws PgException if the statement has failed meanwhile
     */
    public long[] rowCounts() {
        return answer == null ? new long[0] : answer.rowCounts();
    }

    /** The server's command tag, such as {@code INSERT 0 1}; null where {@link #rowCount} would not know it either. */
    public @Nullable String statusMessage() {
        return answer == null ? null : answer.tag();
    }

    /** The text that was run last, as it was given; null if none was. */
    public @Nullable String query() {
        return sql;
    }

    /** The oid of the row that an INSERT has stored; 0 for all servers since PostgreSQL 12, which tell none. */
    public long lastRowId() {
        String tag = statusMessage();
        return tag != null && tag.startsWith("INSERT ") ? Long.parseLong(tag.split(" ")[1]) : 0;
    }

    /** How many rows of the current result were read. */
    public long rowNumber() {
        return answer == null ? 0 : answer.rowNumber();
    }

    /** How long the statements of this cursor may be waited for; null if for ever. */
    public @Nullable Duration deadline() {
        Duration own = deadline;
        if (own == null) {
            return connection.deadline();
        }
        return own.isZero() ? null : own;
    }

    /**
     * Sets how long the statements of this cursor may be waited for, whatever the connection says, see
     * {@link Connection#deadline(Duration)}. It counts from the next statement on.
     *
     * @param deadline null for what the connection says, zero for no deadline
     * @throws InterfaceException if it is negative
     */
    public void deadline(@Nullable Duration deadline) {
        Session.checkDeadline(deadline);
        this.deadline = deadline;
    }

    /** How many rows a page of {@link #execute} has; 0 for all, until it is set. */
    public int fetchSize() {
        return fetchSize;
    }

    /**
     * Has the server give the rows of {@link #execute} page by page, from the next statement on: a page is asked for when those before it were
     * read. That bounds what the server does for rows that are never read, and to close the cursor early is cheap; memory is bounded
     * without it. It costs a round trip for each page.
     *
     * <p>In a transaction the connection is free between two pages, and the result ends with the transaction. In autocommit the
     * statement is not committed before its last page is read or the cursor is closed, and another statement on the connection has
     * the rest read before, as it has of any unread result. The {@link #deadline} is that of each page in a transaction, and else of all.
     *
     * @param rows the most rows of a page; 0 for all rows as they come
     * @throws InterfaceException if it is negative
     */
    public void fetchSize(int rows) {
        if (rows < 0) {
            throw new InterfaceException("fetchSize is " + rows + ", expected at least 0");
        }
        fetchSize = rows;
    }

    /**
     * Goes on to the next result, of several statements in one string or of {@link #executeMany}; what is left of the
     * current one is forgotten.
     *
     * @return whether there is one
     */
    public boolean nextSet() {
        checkOpen();
        return answer != null && answer.nextResult();
    }

    /**
     * Goes on to the next row, which the getters of this cursor then read.
     *
     * @return whether there is one
     */
    @Override
    public boolean next() {
        return answer().next();
    }

    /** The rows that are left, read as the iteration goes on. */
    @Override
    public Iterator<Row> iterator() {
        RowStream rows = answer();
        rows.requireRows();
        return new RowIterator(this, rows);
    }

    @Override
    public Stream<Row> stream() {
        RowStream rows = answer();
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), 0), false)
                .onClose(() -> {
                    if (rows == answer) {
                        forget();
                    }
                });
    }

    /** Whether the cursor was closed. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Closes the cursor. What is left of its result is read and forgotten.
     *
     * @throws PgException if the statement failed and no call has thrown that yet: the program would never learn of it
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        forget();
    }

    /** The session, which can still be used. */
    private Session open() {
        checkOpen();
        Session session = connection.session();
        session.checkOpen();
        return session;
    }

    private void startAnew(String sql) {
        Objects.requireNonNull(sql, "sql");
        checkOpen();
        forget();
        this.sql = sql;
        connection.runs(sql);
    }

    private void forget() {
        RowStream open = answer;
        answer = null;
        if (open != null) {
            open.discard();
        }
    }

    @Override
    RowStream answer() {
        checkOpen();
        if (answer == null) {
            throw new InterfaceException("there is no result, expected execute() before");
        }
        return answer;
    }

    @Override
    Row row() {
        return answer().row();
    }

    /** Which statement, and how far it has come. Never waits, and asks the server nothing. */
    @Override
    public String toString() {
        RowStream open = answer;
        return "Cursor[" + (sql == null ? "no statement" : SqlExcerpt.of(sql)) + (open == null ? "" : ", " + open)
                + (closed ? ", closed" : "") + "]";
    }

    private void checkOpen() {
        if (closed) {
            throw new InterfaceException("the cursor is closed, expected an open one");
        }
    }
}
