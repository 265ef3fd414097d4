package dev.pgwire.internal.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DataException;
import dev.pgwire.error.TransactionOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is believed of a server that is asked for a transaction. */
class OutcomeLookupTest {
    private static final String KNOWN = "700|7001|00000001|1.5";

    private final Deque<Object> servers = new ArrayDeque<>();
    private int closed;

    /** What one server answers; an exception is thrown. */
    private static Deque<Object> server(Object... answers) {
        return new ArrayDeque<>(List.of(answers));
    }

    private static @Nullable String told(Object answer) {
        if (answer instanceof RuntimeException failure) {
            throw failure;
        }
        return (String) answer;
    }

    @SuppressWarnings("unchecked")
    private OutcomeLookup.Server next(Config config) {
        Object next = servers.remove();
        if (next instanceof RuntimeException failure) {
            throw failure;
        }
        Deque<Object> answers = (Deque<Object>) next;
        return new OutcomeLookup.Server() {
            @Override
            public @Nullable String ask(String question, Duration within) {
                assertTrue(question.equals(CommitWatch.QUESTION) || question.endsWith("txid_status(700)"), question);
                return told(answers.remove());
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    private static CommitWatch sent() {
        CommitWatch watch = new CommitWatch();
        watch.begins();
        watch.sends();
        return watch;
    }

    private @Nullable TransactionOutcome found(CommitWatch watch, @Nullable String known, Object... answering) {
        servers.addAll(List.of(answering));
        ConnectionFailureException lost = new ConnectionFailureException("08006", "the connection was lost", null);
        new OutcomeLookup(Config.parse("host=h"), this::next).explain(lost, watch, known);
        assertTrue(servers.isEmpty());
        return lost.transactionOutcome();
    }

    @Test
    void theServerSaysWhatHasBecomeOfIt() {
        assertEquals(TransactionOutcome.COMMITTED, found(sent(), KNOWN, server("9|7001|00000001|1.5", "committed")));
        assertEquals(TransactionOutcome.ABORTED, found(sent(), KNOWN, server("|7001|00000001|1.5", "aborted")));
        assertEquals(2, closed);
    }

    @Test
    void oneThatIsStillInProgressIsWaitedFor() {
        assertEquals(
                TransactionOutcome.COMMITTED,
                found(sent(), KNOWN, server("|7001|00000001|1.5", "in progress", "in progress", "committed")));
    }

    @Test
    void aServerThatIsNotReadyIsAskedAgain() {
        ConnectionFailureException refused = new ConnectionFailureException("57P03", "starting up", null);
        assertEquals(
                TransactionOutcome.ABORTED,
                found(
                        sent(),
                        KNOWN,
                        refused,
                        server("|7001||1.5"),
                        server("|7001|00000001|1.5", refused),
                        server("|7001|00000001|1.5", "aborted")));
        assertEquals(3, closed);
    }

    /** After a failover an id may stand for another transaction, and behind a crash it may have been given once more. */
    @Test
    void anIdOfAnotherHistoryIsNotBelieved() {
        assertEquals(TransactionOutcome.UNKNOWN, found(sent(), KNOWN, server("|7001|00000002|1.5")));
        assertEquals(TransactionOutcome.UNKNOWN, found(sent(), KNOWN, server("|7002|00000001|1.5")));
        assertEquals(TransactionOutcome.UNKNOWN, found(sent(), KNOWN, server("|7001|00000001|2.5", "committed")));
        assertEquals(TransactionOutcome.ABORTED, found(sent(), KNOWN, server("|7001|00000001|2.5", "aborted")));
        DataException future = new DataException("22023", "transaction ID is in the future", null);
        assertEquals(TransactionOutcome.ABORTED, found(sent(), KNOWN, server("|7001|00000001|2.5", future)));
    }

    @Test
    void whatWasNotAskedForIsNotGuessed() {
        assertEquals(TransactionOutcome.UNKNOWN, found(sent(), null));
        assertEquals(TransactionOutcome.UNKNOWN, found(sent(), "|7001|00000001|1.5"));
        assertEquals(TransactionOutcome.UNKNOWN, found(new CommitWatch(), KNOWN));
        CommitWatch unsent = new CommitWatch();
        unsent.begins();
        assertEquals(TransactionOutcome.ABORTED, found(unsent, null));
    }

    @Test
    void theMessageSaysItOnce() {
        ConnectionFailureException lost = new ConnectionFailureException("08006", "the connection was lost", null);
        OutcomeLookup lookup = new OutcomeLookup(Config.parse("host=h"), this::next);
        lookup.explain(lost, sent(), null);
        lookup.explain(lost, new CommitWatch(), null);
        assertEquals(
                "the connection was lost\nOUTCOME: it is not known whether the transaction was committed",
                lost.getMessage());
    }
}
