package dev.pgwire;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.answer.Watched;
import dev.pgwire.internal.cursor.OpenCursor;
import dev.pgwire.internal.session.RowStream;
import dev.pgwire.internal.session.Session;
import dev.pgwire.internal.sql.CursorSql;
import dev.pgwire.internal.sql.Given;
import dev.pgwire.internal.sql.SqlExcerpt;
import dev.pgwire.observe.StatementKind;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.sql.Composable;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that the server keeps (PostgreSQL manual, DECLARE), made by {@link Connection#cursor(String)}: its rows stay there until they
 * are fetched, and the connection is free for other statements in between. It belongs to one thread.
 *
 * <pre>{@code
 * conn.transaction(tx -> {
 *     try (ServerCursor cur = tx.cursor("large")) {
 *         cur.execute("SELECT * FROM events WHERE day > :day", Map.of("day", day));
 *         for (Row row : cur) {
 *             tx.execute("UPDATE ...");
 *         }
 *     }
 * });
 * }</pre>
 *
 * <p>{@link #fetchOne}, {@link #fetchMany} and {@link #fetchAll} fetch what they return; {@link #next}, an iteration and a stream fetch
 * {@link #itersize} rows at a time. They can be mixed: rows that were fetched and not read come first. A large FETCH is read from the
 * socket as it is consumed, as any result is. Unless it was declared with {@link ServerCursorOptions#hold}, it ends with its transaction.
 *
 * <p>Without {@link #execute} it reads the cursor of its name that SQL or a function has opened, a {@code refcursor}, from where that
 * stands. It is to be moved by {@link #scroll}, and not by statements.
 */
public final class ServerCursor extends CurrentResult implements Iterable<Row>, AutoCloseable {
    private static final long UNKNOWN = Long.MIN_VALUE;

    /** The tag of a DECLARE. */
    private static final String DECLARED = "DECLARE CURSOR";

    private final Connection connection;
    private final ServerCursorOptions options;
    private final CursorSql sql;
    private final OpenCursor cursor;
    private final FetchSteps steps;

    private int itersize;
    /** What was run last; null if that was elsewhere. */
    private @Nullable String query;

    private @Nullable RowStream rows;
    /** The number of the row before the first that is counted in {@link #rows}, or {@link #UNKNOWN}. */
    private long start = UNKNOWN;

    private boolean closed;

    ServerCursor(Connection connection, String name, ServerCursorOptions options) {
        this.connection = connection;
        this.options = options;
        this.sql = CursorSql.of(name);
        this.cursor = new OpenCursor(sql, options.clause(), options.isHold());
        this.itersize = options.itersize();
        this.steps = new FetchSteps(connection, cursor, this::shown);
    }

    /** The connection it belongs to. */
    public Connection connection() {
        return connection;
    }

    /** Its name, as the catalog has it. */
    public String name() {
        return sql.name();
    }

    /** Whether it is declared {@code SCROLL}; if not, it may still go backwards where the server's plan can. */
    public boolean isScrollable() {
        return options.isScrollable();
    }

    /** Whether it is declared {@code WITH HOLD}, and outlives its transaction. */
    public boolean isHold() {
        return options.isHold();
    }

    /** How many rows are fetched at a time where they are read one by one. */
    public int itersize() {
        return itersize;
    }

    /**
     * Sets how many rows are fetched at a time where they are read one by one, from the next FETCH on.
     *
     * @throws InterfaceException if that is less than 1
     */
    public void itersize(int rows) {
        itersize = options.itersize(rows).itersize();
    }

    /**
     * Declares it on the server: {@code DECLARE name CURSOR FOR sql}. What it was declared for before is closed.
     *
     * @param sql a SELECT or VALUES
     * @param values as {@link SqlExecutor#execute(String, Object...)} takes them
     * @return this cursor
     * @throws InterfaceException if no transaction is in progress and it has no {@code hold()}, or the values do not fit
     * @throws DatabaseException if a value cannot be written as its parameter's type
     * @throws PgException what the server has against it
     */
    public ServerCursor execute(String sql, @Nullable Object... values) {
        Objects.requireNonNull(sql, "sql");
        checkOpen();
        Session session = connection.session();
        Given given = Given.of(sql, values, session.server().hasBackslashEscapes());
        forget();
        connection.runs(sql);
        query = sql;
        session.run(
                Watched.of(
                        session.dispatch(),
                        StatementKind.STATEMENT,
                        sql,
                        cursor.declaring(
                                session.dispatch(), given.sql(), given.values().clone())),
                connection.deadline());
        start = 0;
        return this;
    }

    /**
     * What {@code execute(sql, null)} is: one NULL, for {@code $1}, see {@link SqlExecutor#execute(String, Void[])}.
     *
     * @param none null
     */
    public ServerCursor execute(String sql, Void @Nullable [] none) {
        return execute(sql, none == null ? new @Nullable Object[1] : (@Nullable Object[]) none);
    }

    /** Declares it for a query that was composed, with the values of its placeholders. */
    public ServerCursor execute(Composable sql, @Nullable Object... values) {
        checkOpen();
        return execute(sql.asString(connection), values);
    }

    /**
     * The columns. The first call of this or of a method that reads rows asks the server for them.
     *
     * @throws PgException if the server has no such cursor
     */
    public List<Column> description() {
        List<Column> columns = opened().columns();
        return columns == null ? List.of() : columns;
    }

    /**
     * The number of the row that was read last, counted from 1; 0 before the first, and -1 where it is not known: of a cursor that was
     * opened elsewhere, until it was moved to a row by its number, of one that was moved behind its end or from there, and behind a failure.
     */
    public long rowNumber() {
        RowStream read = rows;
        return start == UNKNOWN || cursor.hasFailed() ? -1 : start + (read == null ? 0 : read.rowNumber());
    }

    /** How many rows the last FETCH has given, as {@link Cursor#rowCount} has it; -1 before the first. */
    public long rowCount() {
        RowStream read = rows;
        return read == null ? -1 : read.rowCount();
    }

    /** The server's command tag of the last FETCH, such as {@code FETCH 100}, or of the DECLARE before it; null where nothing was run. */
    public @Nullable String statusMessage() {
        RowStream read = rows;
        String fetched = read == null ? null : read.tag();
        return fetched == null && query != null ? DECLARED : fetched;
    }

    /** The text that it was declared for last, as it was given; null if that was elsewhere. */
    public @Nullable String query() {
        return query;
    }

    /**
     * Moves it: the next row that is read is the one behind the place that it is moved to. Forward it goes over the rows that were fetched
     * already, and asks the server only beyond them.
     *
     * <p>To move it out of its rows is no error, as it is none for the server: it stands before the first row or behind the last one
     * then, from where it can be moved back.
     *
     * @return whether there is a row at that place; if not, it stands before the first row, or behind the last one
     * @throws PgException if the server cannot move it backwards: SQLSTATE 55000, which
     *     {@link ServerCursorOptions#scroll} avoids
     */
    public boolean scroll(int rows, ScrollMode mode) {
        Objects.requireNonNull(mode, "mode");
        checkOpen();
        RowStream read = this.rows;
        boolean behind = steps.isBehind();
        if (mode == ScrollMode.ABSOLUTE && rows > 0 && rows >= rowNumber() && rowNumber() >= 0 && !behind) {
            // Forward as the reader sees it, whom the server is ahead of.
            return scroll((int) (rows - rowNumber()), ScrollMode.RELATIVE);
        }
        boolean relative = mode == ScrollMode.RELATIVE;
        int left = relative && rows > 0 ? rows - steps.skip(read, rows) : rows;
        if (relative && left == 0 && (rows > 0 || (rowNumber() > 0 && !behind))) {
            return true;
        }
        Session session = connection.session();
        long at = rowNumber();
        long ahead = steps.drop(read);
        start = UNKNOWN;
        boolean there;
        long now;
        if (relative) {
            int by = (int) Math.max(-Integer.MAX_VALUE, left - ahead);
            there = session.run(cursor.movingBy(session.dispatch(), by), connection.deadline());
            now = !there && rows < 0 ? 0 : at >= 0 && (there || rows == 0) ? at + left : UNKNOWN;
        } else {
            there = session.run(cursor.movingTo(session.dispatch(), rows), connection.deadline());
            now = !there && rows <= 0 ? 0 : there && rows > 0 ? rows : UNKNOWN;
        }
        steps.movedBehind(!there && (rows > 0 || (rows == 0 && behind && relative)));
        start = now == UNKNOWN ? UNKNOWN : now - (read == null ? 0 : read.rowNumber());
        return there;
    }

    @Override
    public boolean next() {
        return answer().next();
    }

    /** The rows that are left, fetched in steps of {@link #itersize} as the iteration goes on. */
    @Override
    public Iterator<Row> iterator() {
        return new RowIterator(this, answer());
    }

    /** The rows that are left, fetched in steps of {@link #itersize} as the stream is consumed. To close it does nothing. */
    @Override
    public Stream<Row> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), 0), false);
    }

    /** Whether it was closed here. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Closes it, here and on the server, also one that was opened elsewhere if it was read from here. Where the server has none of the
     * name any more, because its transaction has ended, say, nothing happens.
     *
     * @throws PgException if a FETCH has failed and no call has thrown that yet, or the connection is lost meanwhile
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!connection.isClosed()) {
            Session session = connection.session();
            try {
                forget();
            } finally {
                session.run(cursor.closing(session.dispatch()), connection.deadline());
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new InterfaceException("the cursor " + sql.quoted() + " is closed, expected an open one");
        }
    }

    /** Forgets what was fetched. */
    private void forget() {
        RowStream read = rows;
        rows = null;
        start = UNKNOWN;
        steps.clear();
        if (read != null) {
            read.discard();
        }
    }

    @Override
    RowStream answer() {
        return answer(itersize);
    }

    @Override
    RowStream answer(int wanted) {
        RowStream read = opened();
        steps.wants(wanted, read.rowNumber());
        return read;
    }

    private RowStream opened() {
        checkOpen();
        Session session = connection.session();
        RowStream read = rows;
        if (read != null && cursor.hasFailed()) {
            // How far it has come on the server is not known.
            forget();
            read = null;
        }
        if (read == null) {
            read = session.stream(null, cursor.columns(session.dispatch()), shown(), connection.deadline())
                    .followedBy(steps);
            rows = read;
        }
        return read;
    }

    @Override
    Row row() {
        checkOpen();
        RowStream read = rows;
        if (read == null) {
            throw new InterfaceException("the cursor is on no row, expected next() to have returned true before");
        }
        return read.row();
    }

    private String shown() {
        String run = query;
        return "FETCH FROM " + sql.quoted() + (run == null ? "" : ", declared for " + run);
    }

    /** What it is, and how far it has come. Never waits, and asks the server nothing. */
    @Override
    public String toString() {
        RowStream read = rows;
        String run = query;
        return "ServerCursor[" + sql.quoted() + (run == null ? "" : ", " + SqlExcerpt.of(run))
                + (read == null ? "" : ", " + read) + (closed ? ", closed" : "") + "]";
    }
}
