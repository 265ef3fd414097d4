package dev.pgwire.internal.connect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a server is behind its primary, by its answer to {@link #QUESTION}.
 *
 * @param behind the distance; null if the server cannot tell
 */
record ReplayLag(boolean isOfStandby, @Nullable Duration behind) {
    /**
     * A word for a primary, milliseconds for a standby. A standby is up to date only if its receiver streams, and all that was received
     * is replayed; else it is as far behind as its last replayed COMMIT is old. Who may see it is told by the receiver where the WAL of the
     * primary ends. It counts, too: a standby that catches up over a slow network replays all that it has, and is far behind.
     *
     * <p>What is replayed is compared for equality. It is ahead of what was received for as long as a receiver that begins fetches the
     * beginning of a segment again, and nothing is known then of what comes behind it.
     */
    static final String QUESTION = """
            SELECT CASE \
            WHEN NOT pg_catalog.pg_is_in_recovery() THEN 'primary' \
            WHEN EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver \
            WHERE coalesce(status, 'streaming') = 'streaming' \
            AND pg_catalog.pg_last_wal_receive_lsn() = pg_catalog.pg_last_wal_replay_lsn() \
            AND coalesce(latest_end_lsn <= pg_catalog.pg_last_wal_replay_lsn(), true)) THEN '0' \
            ELSE coalesce(CAST(CAST(1000 * extract(epoch FROM pg_catalog.clock_timestamp() \
            - pg_catalog.pg_last_xact_replay_timestamp()) AS pg_catalog.int8) AS pg_catalog.text), 'unknown') END""";

    private static final String PRIMARY = "primary";

    /** The lag that a server has answered with. */
    static ReplayLag of(String answer) {
        if (answer.equals(PRIMARY)) {
            return new ReplayLag(false, Duration.ZERO);
        }
        try {
            // The clock of the standby may be behind that of the primary.
            return new ReplayLag(true, Duration.ofMillis(Math.max(0, Long.parseLong(answer))));
        } catch (NumberFormatException unknown) {
            return new ReplayLag(true, null);
        }
    }

    boolean isWithin(Duration most) {
        return behind != null && behind.compareTo(most) <= 0;
    }

    /** As messages tell it. */
    @Override
    public String toString() {
        return behind == null
                ? "it does not know how far it is behind its primary"
                : "it is " + seconds(behind) + " behind its primary";
    }

    static String seconds(Duration time) {
        return time.toMillis() / 1000 + "." + String.format("%03d", time.toMillis() % 1000) + " s";
    }
}
