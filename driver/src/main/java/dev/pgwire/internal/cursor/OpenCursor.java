package dev.pgwire.internal.cursor;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.sql.CursorSql;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.TransactionStatus;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a cursor of the server, and what can be done with it. Its procedures run on its session one at a time; they know it
 * when it is their turn.
 */
public final class OpenCursor {
    private final CursorSql sql;
    private final String scroll;
    private final boolean hold;

    /** Whether it is known to have been there. */
    private boolean open;
    /** Whether it was declared here, and ends with its transaction. */
    private boolean bound;

    private long mark = ServerState.ANY_TRANSACTION;
    /** A FETCH as it was described; null before. */
    private @Nullable PreparedStatement described;

    private @Nullable Results lastFetch;
    /** Whether it has to be known whether it is on a row before the next FETCH: it is taken over, from where it stands. */
    private boolean isToLook;
    /** Whether it was on no row when that was looked. */
    private boolean isOffRows;

    /**
     * A cursor of which nothing is known but its name.
     *
     * @param scroll how it is declared, see {@link CursorSql#declare}
     */
    public OpenCursor(CursorSql sql, String scroll, boolean hold) {
        this.sql = sql;
        this.scroll = scroll;
        this.hold = hold;
    }

    CursorSql sql() {
        return sql;
    }

    /** Declares it for a query, in place of what it was declared for before. */
    public Procedure<@Nullable Void> declaring(Dispatch dispatch, String query, @Nullable Object[] values) {
        return new Declaring(dispatch, this, sql.declare(scroll, hold, query), values);
    }

    /** Finds out what its columns are: gives an answer without rows. */
    public Procedure<Results> columns(Dispatch dispatch) {
        return new CursorColumns(dispatch, this);
    }

    /** Fetches the next rows, as {@link CursorSql#fetch} counts them, up to the first ones. */
    public Procedure<Results> fetching(Dispatch dispatch, int rows) {
        return new Fetching(dispatch, this, rows);
    }

    /** Goes on or back by a number of rows; gives whether it is on a row then. */
    public Procedure<Boolean> movingBy(Dispatch dispatch, int rows) {
        return new Moving(dispatch, this, sql.moveBy(rows));
    }

    /** Goes to a row by its number; gives whether it is on a row then. */
    public Procedure<Boolean> movingTo(Dispatch dispatch, int row) {
        return new Moving(dispatch, this, sql.moveTo(row));
    }

    /** Closes it, if it is open. */
    public Procedure<@Nullable Void> closing(Dispatch dispatch) {
        return new PortalClosing(dispatch, sql.name(), () -> leaves(dispatch));
    }

    /** Whether the last FETCH has failed. */
    public boolean hasFailed() {
        Results fetch = lastFetch;
        return fetch != null && fetch.failure() != null;
    }

    /** Its reader counts on from where it stands: that is looked at with the first FETCH, unless it was declared or moved before. */
    public void countsOn() {
        isToLook = true;
    }

    boolean isToLook() {
        return isToLook;
    }

    /** It was looked whether it is on a row, or it is known otherwise where it is. */
    void placed(boolean offRows) {
        isToLook = false;
        isOffRows = offRows;
    }

    /** Whether it was taken over where the last FETCH began, and on no row: if that gave none, it had been behind its end already. */
    public boolean wasOffRows() {
        return isOffRows;
    }

    /** How many rows the last FETCH has given, once it is over. */
    public long lastRows() {
        Result fetch = lastFetch == null ? null : lastFetch.current();
        return fetch == null ? 0 : Math.max(0, fetch.rowCount());
    }

    boolean hold() {
        return hold;
    }

    /** It is about to be declared. */
    void declares(ServerState server) {
        bound = !hold;
        mark = server.endedTransactions();
        described = null;
        open = true;
        placed(false);
    }

    /** It could not be declared, or is about to be closed. */
    void forget() {
        open = false;
        bound = false;
        mark = ServerState.ANY_TRANSACTION;
        described = null;
        lastFetch = null;
    }

    /** The description of a FETCH; null if there is none yet. */
    @Nullable
    PreparedStatement described() {
        return described;
    }

    void described(PreparedStatement fetch) {
        described = fetch;
        open = true;
    }

    void fetches(Results results) {
        lastFetch = results;
    }

    /**
     * Checks that it is not known to be gone.
     *
     * @throws InterfaceException if it is
     */
    void check(ServerState server) {
        if (!server.isTransaction(mark) && bound) {
            throw new InterfaceException("the cursor " + sql.quoted()
                    + " has ended with the transaction that it was declared in, expected that it is read before, that it is"
                    + " executed again, or a cursor declared with hold()");
        }
    }

    /** Whether the server may still have it; from now on it is not looked at any more. */
    private boolean leaves(Dispatch dispatch) {
        ServerState server = dispatch.server();
        boolean there = open && !(bound && !server.isTransaction(mark));
        boolean now = there && !(bound && server.transactionStatus() == TransactionStatus.FAILED);
        if (there && !now) {
            // Its transaction may go on from a savepoint, and declare the name again.
            dispatch.usedPortals().add(sql.name());
        }
        forget();
        return now;
    }
}
