package dev.pgwire.internal.cursor;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.sql.SqlExcerpt;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.TransactionStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose rows the server gives page by page. In a transaction each page is a segment of its own, between which the connection
 * is free; outside of one all pages are one segment, the end of which would end the portal.
 */
public final class PagedPortal {
    private final Dispatch dispatch;
    private final String sql;
    private final int size;

    private String name = "";
    private long mark = ServerState.ANY_TRANSACTION;
    private @Nullable PreparedStatement statement;
    /** The last page that was asked for in a transaction; null outside of one. */
    private @Nullable PortalExchange last;

    private @Nullable PortalResult lastResult;

    /**
     * A statement that was not run yet.
     *
     * @param size the most rows of a page
     */
    public PagedPortal(Dispatch dispatch, String sql, int size) {
        this.dispatch = dispatch;
        this.sql = sql;
        this.size = size;
    }

    String sql() {
        return sql;
    }

    String name() {
        return name;
    }

    int size() {
        return size;
    }

    PreparedStatement statement() {
        return Objects.requireNonNull(statement);
    }

    /** How the rows are read. */
    @Nullable
    RowPlan plan() {
        return lastResult == null ? null : lastResult.plan();
    }

    /** The rows that came in the pages that are over. */
    long before() {
        return lastResult == null ? 0 : lastResult.before();
    }

    /** The statement is about to be bound. */
    void binds(PreparedStatement bound) {
        statement = bound;
        name = dispatch.nextPortal();
        mark = dispatch.server().endedTransactions();
    }

    /** A page is about to be asked for that is a segment of its own. */
    void asks(PortalExchange exchange, PortalResult result) {
        last = exchange;
        lastResult = result;
    }

    /** All rows have come. The server has the portal until it is closed with the next request, or its transaction ends. */
    void completes() {
        dispatch.usedPortals().add(name);
    }

    /** Runs the statement, up to its first rows. */
    public Procedure<Results> opening(@Nullable Object[] values) {
        return new PortalOpening(dispatch, this, values);
    }

    /** Whether there may be another page, which is not asked for yet. */
    public boolean isSuspended() {
        PortalExchange page = last;
        return page != null && page.isDone() && page.isSuspended();
    }

    /** The next page, up to its first rows. */
    public Procedure<Results> next() {
        return new PortalPage(dispatch, this);
    }

    /** Closes it, if it is still there. */
    public Procedure<@Nullable Void> closing() {
        return new PortalClosing(dispatch, name, this::leaves);
    }

    private boolean leaves() {
        boolean there = isSuspended()
                && dispatch.server().isTransaction(mark)
                && dispatch.server().transactionStatus() != TransactionStatus.FAILED;
        last = null;
        return there;
    }

    /**
     * Checks that its transaction is still in progress.
     *
     * @throws InterfaceException if not
     */
    void check() {
        if (!dispatch.server().isTransaction(mark)) {
            throw new InterfaceException(
                    "the rest of a result has ended with its transaction, expected that all of its pages are read"
                            + " before (" + SqlExcerpt.of(sql) + ")");
        }
    }
}
