package dev.pgwire.internal.transaction;

import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import org.jspecify.annotations.Nullable;

/** What is known of a COMMIT, in case that its connection is lost. Written by what has the connection's turn, read when that is over. */
public final class CommitWatch {
    /**
     * Asks for the id of the transaction, if it has one; for the system and its timeline, which say whether another server has the same
     * transactions; and for the time since when statistics were counted, which a crash begins anew.
     */
    public static final String QUESTION = "SELECT pg_catalog.concat_ws('|',"
            + " coalesce(pg_catalog.txid_current_if_assigned()::text, ''),"
            + " (SELECT system_identifier FROM pg_catalog.pg_control_system()),"
            + " CASE WHEN pg_catalog.pg_is_in_recovery() THEN '' ELSE"
            + " \"left\"(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 8) END,"
            + " (SELECT coalesce(extract(epoch FROM stats_reset)::text, '') FROM pg_catalog.pg_stat_bgwriter))";

    private volatile boolean begun;
    private volatile boolean sent;
    private volatile @Nullable Results answer;

    /** Nothing was done yet. */
    public CommitWatch() {}

    void begins() {
        begun = true;
    }

    void answered(Results results) {
        answer = results;
    }

    void sends() {
        sent = true;
    }

    /** Whether it was certain that the transaction is in progress. */
    public boolean isBegun() {
        return begun;
    }

    /** Whether the COMMIT may have reached the server. */
    public boolean isSent() {
        return sent;
    }

    /** What the server has answered to the question before; null if nothing. */
    public @Nullable Result answer() {
        Results results = answer;
        return results == null ? null : results.current();
    }
}
