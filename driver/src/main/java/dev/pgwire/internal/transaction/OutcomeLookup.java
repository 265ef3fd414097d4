package dev.pgwire.internal.transaction;

import dev.pgwire.config.Config;
import dev.pgwire.config.TargetSessionAttrs;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.PgException;
import dev.pgwire.error.TransactionOutcome;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks over a connection of its own what has become of a transaction whose COMMIT was not answered. What it is told counts if the server
 * is the same system on the same timeline: after a failover an id may stand for another transaction.
 */
public final class OutcomeLookup {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = 20_000_000L;

    private static final int ID = 0;
    private static final int SYSTEM = 1;
    private static final int TIMELINE = 2;
    private static final int COUNTED_SINCE = 3;
    private static final int PARTS = 4;

    private final Config config;
    private final Function<Config, Server> opener;

    /** A server that can be asked. */
    public interface Server extends AutoCloseable {
        /** The text in the first column of the first row; null if there is none. Waits for a time at most. */
        @Nullable
        String ask(String question, Duration within);

        @Override
        void close();
    }

    /**
     * What looks it up for connections of a configuration.
     *
     * @param opener connects, or throws a {@link PgException}
     */
    public OutcomeLookup(Config config, Function<Config, Server> opener) {
        this.config = config;
        this.opener = opener;
    }

    /**
     * Adds what has become of it to the failure of a COMMIT whose connection is gone. Blocks the thread, for a while at most.
     *
     * @param answer to the question of the watch; null if there was none
     */
    public void explain(PgException failure, CommitWatch watch, @Nullable String answer) {
        if (failure instanceof DatabaseException loss && loss.transactionOutcome() == null) {
            DriverErrors.outcome(loss, outcome(watch, answer));
        }
    }

    private TransactionOutcome outcome(CommitWatch watch, @Nullable String answer) {
        if (!watch.isSent()) {
            return watch.isBegun() ? TransactionOutcome.ABORTED : TransactionOutcome.UNKNOWN;
        }
        String[] known = parts(answer);
        if (known == null || known[ID].isEmpty() || known[TIMELINE].isEmpty()) {
            return TransactionOutcome.UNKNOWN;
        }
        // What interrupts the COMMIT must not interrupt the question about it.
        boolean interrupted = Thread.interrupted();
        try {
            return look(known, System.nanoTime());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private TransactionOutcome look(String[] known, long since) {
        Config looking = config.toBuilder()
                .connectTimeout(CONNECTS_WITHIN)
                .targetSessionAttrs(TargetSessionAttrs.PRIMARY)
                .build();
        TransactionOutcome found = null;
        while (found == null
                && System.nanoTime() - since < PATIENCE.toNanos()
                && !Thread.currentThread().isInterrupted()) {
            try (Server server = opener.apply(looking)) {
                found = ask(server, known, since);
            } catch (PgException unreachable) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return found == null ? TransactionOutcome.UNKNOWN : found;
    }

    private static String @Nullable [] parts(@Nullable String text) {
        String[] parts = text == null ? new String[0] : text.split("\\|", -1);
        return parts.length == PARTS ? parts : null;
    }

    /** Returns null if another server may know more. */
    private static @Nullable TransactionOutcome ask(Server server, String[] known, long since) {
        String[] here = parts(server.ask(CommitWatch.QUESTION, ANSWERS_WITHIN));
        if (here == null || here[TIMELINE].isEmpty()) {
            // A standby may be promoted soon, and is not believed before.
            LockSupport.parkNanos(PAUSE_NANOS);
            return null;
        }
        if (!here[SYSTEM].equals(known[SYSTEM]) || !here[TIMELINE].equals(known[TIMELINE])) {
            return TransactionOutcome.UNKNOWN;
        }
        String status = "in progress";
        while (status.equals("in progress") && System.nanoTime() - since < PATIENCE.toNanos()) {
            status = status(server, known[ID]);
            if (status.equals("in progress")) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return switch (status) {
            case "aborted" -> TransactionOutcome.ABORTED;
            // Behind a crash the id may have been given once more.
            case "committed" ->
                here[COUNTED_SINCE].equals(known[COUNTED_SINCE])
                        ? TransactionOutcome.COMMITTED
                        : TransactionOutcome.UNKNOWN;
            default -> TransactionOutcome.UNKNOWN;
        };
    }

    private static String status(Server server, String id) {
        try {
            String status = server.ask("SELECT pg_catalog.txid_status(" + Long.parseLong(id) + ")", ANSWERS_WITHIN);
            return status == null ? "forgotten" : status;
        } catch (DataException notGivenYet) {
            // The server has crashed before anything of the transaction was written.
            return "aborted";
        }
    }
}
