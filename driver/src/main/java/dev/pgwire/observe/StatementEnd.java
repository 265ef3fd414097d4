package dev.pgwire.observe;

import dev.pgwire.error.DatabaseException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a statement: all of its answer has come, or it has failed.
 *
 * @param start the statement
 * @param took the time from when it was its turn on the connection. A large result that the program reads as it comes is in it up to its last row
 * @param rows how many rows it has returned or changed; -1 if it counts none, or has failed
 * @param failure why it has failed; null if it has not
 */
public record StatementEnd(
        StatementStart start,
        Duration took,
        long rows,
        @Nullable Throwable failure) {
    /**
     * As {@link StatementStart#attributes}, and of a statement that has failed {@code error.type}, and {@code db.response.status_code} with
     * the SQLSTATE; of another one {@code db.response.returned_rows}, if it counts rows and begins with no word of one that changes them.
     */
    public Map<String, Object> attributes() {
        Map<String, Object> attributes = start.attributes();
        Throwable thrown = failure;
        if (thrown instanceof DatabaseException refused && !refused.sqlState().isEmpty()) {
            attributes.put("db.response.status_code", refused.sqlState());
            attributes.put("error.type", refused.sqlState());
        } else if (thrown != null) {
            attributes.put("error.type", thrown.getClass().getName());
        } else if (rows >= 0 && !start.changesRows()) {
            attributes.put("db.response.returned_rows", rows);
        }
        return attributes;
    }
}
