package dev.pgwire.internal.exchange;

import dev.pgwire.error.PgException;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import org.jspecify.annotations.Nullable;

/** Parse and Describe of a statement: learns the types of its parameters and its columns. */
public final class PrepareExchange extends Exchange {
    private enum Phase {
        PARSE,
        PARAMETERS,
        COLUMNS
    }

    private final String sql;
    private Phase phase = Phase.PARSE;
    private int[] parameterTypes = {};
    private @Nullable RowDescription columns;
    private boolean answered;
    private boolean failed;

    /** An exchange about the statement with this text. */
    public PrepareExchange(String sql) {
        this.sql = sql;
    }

    /** The types of the parameters, once the segment has ended well. */
    public int[] parameterTypes() {
        return parameterTypes;
    }

    /** The columns, or null if the statement gives no rows. */
    public @Nullable RowDescription columns() {
        return columns;
    }

    /** Whether all has been told, or never will be. */
    public boolean isAnswered() {
        return answered;
    }

    /** Whether nothing will be told. */
    public boolean hasFailed() {
        return failed;
    }

    @Override
    protected boolean receive(BackendMessage message) {
        switch (phase) {
            case PARSE -> {
                if (message != Signal.PARSE_COMPLETE) {
                    throw unexpected(message);
                }
                phase = Phase.PARAMETERS;
                return false;
            }
            case PARAMETERS -> {
                if (!(message instanceof ParameterDescription description)) {
                    throw unexpected(message);
                }
                parameterTypes = description.typeOids();
                phase = Phase.COLUMNS;
                return false;
            }
            case COLUMNS -> {
                if (message instanceof RowDescription description) {
                    columns = description;
                } else if (message != Signal.NO_DATA) {
                    throw unexpected(message);
                }
                answered = true;
                return true;
            }
        }
        throw unexpected(message);
    }

    @Override
    protected void fail(PgException cause) {
        columns = null;
        answered = true;
        failed = true;
    }

    @Override
    protected String sql() {
        return sql;
    }
}
