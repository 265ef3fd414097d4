package dev.pgwire.internal.exchange;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.RowPlaces;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Parse, Bind and Execute of a COPY FROM STDIN in binary, up to the tag that follows its last data. Data may be sent once
 * the server has asked for it; after an error it skips what it still gets, until the Sync.
 */
public final class CopyInExchange extends Exchange {
    private enum Phase {
        PARSE,
        BIND,
        RESPONSE,
        DATA
    }

    private final String sql;
    private final String table;
    private final Result result;
    private final int columns;
    private Phase phase = Phase.PARSE;

    /**
     * An exchange that counts the rows in a result.
     *
     * @param table the table's name in the catalog, without its schema
     * @param columns for how many columns the server will ask
     */
    public CopyInExchange(String sql, String table, Result result, int columns) {
        this.sql = sql;
        this.table = table;
        this.result = result;
        this.columns = columns;
    }

    /** Whether the server has asked for the data. */
    public boolean isAskedForData() {
        return phase == Phase.DATA;
    }

    @Override
    protected boolean receive(BackendMessage message) {
        switch (phase) {
            case PARSE -> advance(message == Signal.PARSE_COMPLETE, message, Phase.BIND);
            case BIND -> advance(message == Signal.BIND_COMPLETE, message, Phase.RESPONSE);
            case RESPONSE -> {
                advance(message instanceof CopyInResponse, message, Phase.DATA);
                check((CopyInResponse) message);
            }
            case DATA -> {
                if (!(message instanceof CommandComplete end)) {
                    throw unexpected(message);
                }
                result.executed(end);
                return true;
            }
        }
        return false;
    }

    private void advance(boolean expected, BackendMessage message, Phase next) {
        if (!expected) {
            throw unexpected(message);
        }
        phase = next;
    }

    private void check(CopyInResponse response) {
        if (response.format() != Format.BINARY || response.columns().size() != columns) {
            throw new ProtocolViolation(
                    "the server asks for " + response.columns().size() + " columns in " + response.format()
                            + ", expected " + columns + " in BINARY, as the COPY says");
        }
    }

    /** The segment that it belongs to tells of the failure. */
    @Override
    protected void fail(PgException cause) {}

    @Override
    @Nullable
    protected String place(Diagnostic error) {
        long line = CopyContext.line(error, table);
        return line == 0 ? null : RowPlaces.place(line - 1, line - 1);
    }

    @Override
    protected String sql() {
        return sql;
    }
}
