package dev.pgwire.internal.cursor;

import dev.pgwire.internal.exchange.ParsedStatement;
import dev.pgwire.internal.exchange.SegmentExchange;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;

/** The pages of a portal that are read in one segment, up to its Sync, which may be sent long after them. */
final class PortalExchange extends SegmentExchange {
    private enum Phase {
        PARSE,
        BIND,
        DESCRIBE,
        EXECUTE,
        /** A page is over, and there may be more. */
        SUSPENDED,
        CLOSE,
        /** All rows have come, or the portal is closed. */
        OVER
    }

    private final String sql;
    private final ParsedStatement statement;
    private final PortalResult result;
    private final Runnable completes;
    private int rows;
    private Phase phase;
    private boolean synced;

    private PortalExchange(
            String sql, ParsedStatement statement, PortalResult result, Runnable completes, Phase phase) {
        this.sql = sql;
        this.statement = statement;
        this.result = result;
        this.completes = completes;
        this.phase = phase;
    }

    /**
     * Parse, Bind, Describe of the portal, and the Execute of that many rows.
     *
     * @param completes is run when all rows of the portal have come
     */
    static PortalExchange opening(
            String sql, ParsedStatement statement, PortalResult result, int rows, Runnable completes) {
        return new PortalExchange(sql, statement, result, completes, Phase.PARSE).of(rows);
    }

    /** An Execute of a portal that was opened in another segment. */
    static PortalExchange goingOn(
            String sql, ParsedStatement statement, PortalResult result, int rows, Runnable completes) {
        return new PortalExchange(sql, statement, result, completes, Phase.EXECUTE).of(rows);
    }

    private PortalExchange of(int page) {
        rows = page;
        return this;
    }

    /** Another Execute is about to be sent in the same segment. */
    void executes(int page) {
        rows = page;
        phase = Phase.EXECUTE;
    }

    /** The Close of the portal is about to be sent. */
    void closes() {
        phase = Phase.CLOSE;
    }

    /** The Sync is about to be sent. */
    void syncs() {
        synced = true;
    }

    boolean isSynced() {
        return synced;
    }

    /** Whether the page that was asked for is over, and there may be more. */
    boolean isSuspended() {
        return phase == Phase.SUSPENDED && failure() == null;
    }

    /** Whether the server has nothing to do until it is sent the Sync. */
    boolean isOver() {
        return phase == Phase.OVER || failure() != null;
    }

    @Override
    protected boolean receive(BackendMessage message) {
        if (message instanceof ReadyForQuery && synced && (isOver() || isSuspended())) {
            return finish();
        }
        switch (phase) {
            case PARSE -> {
                require(message, Signal.PARSE_COMPLETE);
                statement.parsed();
                phase = Phase.BIND;
            }
            case BIND -> {
                require(message, Signal.BIND_COMPLETE);
                phase = Phase.DESCRIBE;
            }
            case DESCRIBE -> {
                if (message instanceof RowDescription description) {
                    result.describe(statement.described(description));
                } else {
                    require(message, Signal.NO_DATA);
                    result.describe(statement.described(null));
                }
                phase = Phase.EXECUTE;
            }
            case EXECUTE -> executed(message);
            case CLOSE -> {
                require(message, Signal.CLOSE_COMPLETE);
                phase = Phase.OVER;
            }
            case SUSPENDED, OVER -> throw unexpected(message);
        }
        return false;
    }

    private void executed(BackendMessage message) {
        if (message instanceof CommandComplete end) {
            result.complete(end);
            phase = Phase.OVER;
            completes.run();
        } else {
            require(message, Signal.PORTAL_SUSPENDED);
            result.suspend(rows);
            if (synced) {
                result.complete(null);
            }
            phase = Phase.SUSPENDED;
        }
    }

    private void require(BackendMessage message, Signal expected) {
        if (message != expected || failure() != null) {
            throw unexpected(message);
        }
    }

    @Override
    protected int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        if (phase != Phase.EXECUTE || result.plan() == null) {
            return super.rows(bytes, from, to, pages);
        }
        return pages.append(bytes, from, to, result);
    }

    @Override
    protected String sql() {
        return sql;
    }
}
