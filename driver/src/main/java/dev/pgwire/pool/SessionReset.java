package dev.pgwire.pool;

/**
 * What a pool does on the server about what a borrower may have left in the session: settings, LISTEN, temporary tables, the role,
 * advisory locks, SQL cursors. An open transaction is rolled back in any case.
 *
 * <p>Whether there is something is known by the texts of the statements. SELECT, INSERT, UPDATE, DELETE, MERGE, COPY, SET LOCAL and what
 * controls transactions leave nothing, and cost no round trip. SET, CREATE, LISTEN, DO, CALL and their like do, and so does a query
 * that names {@code set_config} (unless it is local) or {@code pg_advisory_lock}. What other functions do is not seen.
 */
public enum SessionReset {
    /** Nothing: the next borrower finds the session as it was left. */
    NEVER,
    /** RESET ALL, if something may have been left. */
    SETTINGS,
    /** All that {@link dev.pgwire.Connection#reset} does, if something may have been left; the default. */
    CHANGED,
    /** All that {@link dev.pgwire.Connection#reset} does, each time: a round trip for each give-back. */
    ALWAYS
}
