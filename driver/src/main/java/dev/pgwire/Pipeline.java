package dev.pgwire;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.PipelineAbortedException;
import dev.pgwire.internal.session.SessionPipeline;
import dev.pgwire.internal.sql.NamedSql;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Several different statements in one round trip. Made by {@link Connection#pipeline}; belongs to one thread.
 *
 * <pre>{@code
 * try (Pipeline pipeline = conn.pipeline()) {
 *     Cursor inserted = pipeline.execute("INSERT INTO users (name) VALUES ($1) RETURNING id", "Ada");
 *     Cursor count = pipeline.execute("SELECT count(*) FROM users");
 *     pipeline.sync();
 *     Row id = inserted.fetchOne();
 *     Row all = count.fetchOne();
 * }
 * }</pre>
 *
 * <p>{@link #execute} queues; {@link #sync} sends what is queued and reads all answers. What is queued leaves earlier
 * when it becomes much (64 KiB), and when a statement is run for the first time, which must be described before its values
 * can be written: that costs a round trip, once. Reading a cursor of the pipeline syncs it, and so does whatever else uses
 * the connection, be it another cursor, another thread or {@link Connection#commit}: statements run in the order of the
 * calls.
 *
 * <p>Outside a transaction the statements up to a sync are one: all of them happen or none. In a transaction they are part
 * of it, and a BEGIN that is due goes with the first.
 *
 * <p>When a statement fails, the server executes none behind it up to the sync. The cursors of those before it have their
 * results, although outside a transaction the work was rolled back; its own throws its failure; the ones behind it throw
 * {@link PipelineAbortedException}.
 *
 * <p>The deadline of the connection, as it is when the first statement is queued, is for all of them up to the sync together,
 * see {@link Connection#deadline}; what their cursors say does not matter.
 *
 * <p>Results are held in memory until they are read or their cursor is closed, which may be done before the sync. Those of
 * one sync may take 64 MiB or a quarter of the heap, whichever is less: from half of that on {@code execute} refuses
 * further statements, and a result that would exceed it is lost, as its cursor then says.
 */
public final class Pipeline implements SqlExecutor, AutoCloseable {
    private final Connection connection;
    private final SessionPipeline pipeline;
    private long statements;
    private boolean closed;

    Pipeline(Connection connection, SessionPipeline pipeline) {
        this.connection = connection;
        this.pipeline = pipeline;
    }

    /** The connection it belongs to. */
    public Connection connection() {
        return connection;
    }

    /**
     * Queues a statement. If it throws, nothing was queued, and the pipeline goes on.
     *
     * @return a new cursor, which syncs the pipeline when it is read before {@link #sync}
     * @throws InterfaceException as everywhere, see {@link SqlExecutor}, and if the string has several statements, or if too
     *     much of earlier results is unread
     * @throws DatabaseException if a value cannot be written as its parameter's type, or the statement is a COPY; what the
     *     server has against the statement is thrown by {@link #sync} and by the cursor
     */
    @Override
    public Cursor execute(String sql, @Nullable Object... values) {
        checkOpen(sql);
        connection.runs(sql);
        @Nullable Object[] given = values == null ? new @Nullable Object[1] : values;
        NamedSql named = connection.session().named(sql, given);
        @Nullable Object[] ordered = named == null ? given : named.valuesOf(given[0]);
        Cursor queued = new Cursor(connection, sql, pipeline.execute(named == null ? sql : named.sql(), ordered));
        statements++;
        return queued;
    }

    @Override
    public String literal(@Nullable Object value) {
        checkOpen();
        return connection.literal(value);
    }

    @Override
    public String mogrify(String sql, @Nullable Object... values) {
        checkOpen();
        return connection.mogrify(sql, values);
    }

    /**
     * Sends what is queued, and reads all answers. May be called any number of times; with nothing queued it costs
     * nothing.
     *
     * @throws PgException the first failure, of these statements or of those that were synced by something else, that
     *     no call has thrown yet; {@link DatabaseException#place} names the statement by its number in the pipeline,
     *     counted from 1
     */
    public void sync() {
        checkOpen();
        pipeline.sync();
    }

    /** Whether the pipeline was closed. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Syncs what is still queued, and closes the pipeline; its cursors can still be read.
     *
     * @throws PgException as {@link #sync} does
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            pipeline.close();
        }
    }

    /** How many statements it was given, and whether any wait for a sync. Never waits, and asks the server nothing. */
    @Override
    public String toString() {
        return "Pipeline[" + statements + (statements == 1 ? " statement, " : " statements, ")
                + (closed ? "closed" : pipeline.isBegun() ? "not synced" : "synced") + "]";
    }

    private void checkOpen(String sql) {
        Objects.requireNonNull(sql, "sql");
        checkOpen();
    }

    private void checkOpen() {
        if (closed) {
            throw new InterfaceException("the pipeline is closed, expected an open one");
        }
        connection.session();
    }
}
