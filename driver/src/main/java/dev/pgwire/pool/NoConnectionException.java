package dev.pgwire.pool;

import dev.pgwire.error.CannotConnectException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQLSTATE 08001: raised when a pool has no connection for a borrower within {@link PoolConfig#acquireTimeout}, or when too many wait
 * already. Nothing was run. {@link #holders} tells who has the connections.
 */
public class NoConnectionException extends CannotConnectException {
    private static final long serialVersionUID = 1L;

    private final transient List<Holder> holders;

    /**
     * Who has a connection.
     *
     * @param thread the name of the thread that borrowed it
     * @param since how long it has it
     * @param sql the first statement that was run; null if there was none
     */
    public record Holder(
            String thread, Duration since, @Nullable String sql) {}

    /**
     * A borrower that gets no connection.
     *
     * @param message what happened, and who has the connections
     * @param holders who has them, the longest first
     * @param cause why the last connection could not be made, or null
     */
    public NoConnectionException(String message, List<Holder> holders, @Nullable Throwable cause) {
        super(reason(cause), message, cause);
        this.holders = List.copyOf(holders);
    }

    private static Reason reason(@Nullable Throwable cause) {
        return cause instanceof CannotConnectException failed ? failed.reason() : Reason.OTHER;
    }

    /** Who has the connections, the longest first; empty after the exception was serialized. */
    @SuppressWarnings("NullAway") // Null after it was read from a stream.
    public List<Holder> holders() {
        return holders == null ? List.of() : holders;
    }
}
