package dev.pgwire.it;

import static dev.pgwire.it.LoopAnswers.NONE;
import static dev.pgwire.it.LoopAnswers.failure;
import static dev.pgwire.it.LoopAnswers.get;
import static dev.pgwire.it.LoopAnswers.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines and cancelled futures on a connection that many share: they hit what they are meant for, and nothing else. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopCancelIT {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final String SLEEP = "SELECT pg_sleep(60)";
    private static final int ROUNDS = 400;

    private final LoopLane lane = new LoopLane();

    @AfterEach
    void stop() {
        lane.close();
    }

    private static CompletableFuture<Results> ask(LoopSession asked, int number) {
        return asked.execute("SELECT $1::int", new Object[] {number}, null);
    }

    private static void assertDeadline(CompletableFuture<Results> future) throws Exception {
        QueryCanceledException late = assertInstanceOf(QueryCanceledException.class, failure(future));
        assertEquals(QueryCanceledException.Reason.DEADLINE, late.reason());
    }

    @Test
    void aDeadlineCancelsOnTheServerAndThoseBehindGetTheirAnswers() throws Exception {
        LoopSession session = lane.open("");
        for (int round = 0; round < 20; round++) {
            CompletableFuture<Results> sleeping = session.execute(SLEEP, NONE, SOON);
            List<CompletableFuture<Results>> behind = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                behind.add(ask(session, i));
            }
            assertDeadline(sleeping);
            for (int i = 0; i < behind.size(); i++) {
                assertEquals(i, row(get(behind.get(i))).getInt(0));
            }
        }
    }

    /** Its grace, which is shorter than what it waits for, begins when the server comes to it. */
    @Test
    void aDeadlineThatPassesBehindAnotherStatementDoesNotEndTheConnection() throws Exception {
        LoopSession hasty = lane.open("cancel_grace=1");
        get(hasty.execute("SELECT pg_sleep($1)", new Object[] {0.0}, null));
        CompletableFuture<Results> first = hasty.execute("SELECT pg_sleep($1), 1", new Object[] {2.5}, null);
        CompletableFuture<Results> late = hasty.execute("SELECT pg_sleep($1)", new Object[] {60.0}, SOON);
        CompletableFuture<Results> cancelled = hasty.execute("SELECT pg_sleep($1)", new Object[] {60.0}, null);
        cancelled.cancel(true);
        get(first);
        assertDeadline(late);
        assertThrows(CancellationException.class, cancelled::join);
        assertEquals(5, row(get(ask(hasty, 5))).getInt(0));
    }

    @Test
    void whatHasNotBegunWhenItsDeadlinePassesIsNotSent() throws Exception {
        LoopSession session = lane.open("");
        get(session.execute("CREATE TEMP TABLE sent (id int)", NONE, null));
        CompletableFuture<Results> alone = session.execute("DO 'BEGIN PERFORM pg_sleep(0.5); END'", NONE, null);
        CompletableFuture<Results> late = session.execute("INSERT INTO sent VALUES (1)", NONE, SOON);
        CompletableFuture<Results> cancelled = session.execute("INSERT INTO sent VALUES (2)", NONE, null);
        CompletableFuture<Results> third = session.execute("INSERT INTO sent VALUES (3)", NONE, null);
        assertTrue(cancelled.cancel(true));
        assertDeadline(late);
        get(alone);
        get(third);
        Results results = get(session.execute("SELECT sum(id) FROM sent", NONE, null));
        assertEquals(3, row(results).getLong(0));
    }

    @Test
    void aCancelledFutureCancelsOnTheServer() throws Exception {
        LoopSession session = lane.open("");
        int pid =
                row(get(session.execute("SELECT pg_backend_pid()", NONE, null))).getInt(0);
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            String active = "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'";
            for (int round = 0; round < 20; round++) {
                CompletableFuture<Results> sleeping = session.execute(SLEEP, NONE, null);
                CompletableFuture<Results> behind = ask(session, round);
                while (other.execute(active, pid).fetchAll().isEmpty()) {
                    Thread.sleep(1);
                }
                sleeping.cancel(true);
                assertThrows(CancellationException.class, sleeping::join);
                assertEquals(round, row(get(behind)).getInt(0));
            }
        }
    }

    @Test
    void aResultOfACancelledStreamIsDropped() throws Exception {
        LoopSession session = lane.open("");
        Random random = Seed.take().random();
        for (int round = 0; round < 100; round++) {
            CompletableFuture<Results> stream =
                    session.stream("SELECT repeat('x', 1000) FROM generate_series(1, 1000)", NONE, null);
            CompletableFuture<Results> behind = ask(session, round);
            spin(random.nextInt(2_000_000));
            if (!stream.cancel(true)) {
                session.discard(get(stream));
            }
            assertEquals(round, row(get(behind)).getInt(0));
        }
    }

    /** A cancel request may come late, over a network that holds it up, while others run that were sent before it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "prepare=never"})
    void aLateCancelNeverShowsInWhatIsBehind(String extra) throws Exception {
        Seed seed = Seed.take(extra);
        Random random = seed.random();
        int hits = 0;
        int answers = 0;
        try (SlowCancels network = new SlowCancels(TestServer.shared(), seed.random(1))) {
            LoopSession session = lane.open(Config.parse(network.dsn() + " " + extra));
            for (int round = 0; round < ROUNDS; round++) {
                List<CompletableFuture<Results>> targets = new ArrayList<>();
                List<CompletableFuture<Results>> others = new ArrayList<>();
                List<Integer> numbers = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    double sleep = random.nextInt(5) * 0.0005;
                    switch (random.nextInt(6)) {
                        case 0 ->
                            targets.add(session.execute(
                                    "SELECT pg_sleep($1)",
                                    new Object[] {0.001 + sleep},
                                    Duration.ofNanos(1 + random.nextInt(4_000_000))));
                        case 1 ->
                            targets.add(session.execute("SELECT pg_sleep($1)", new Object[] {0.002 + sleep}, null));
                        default -> {
                            String sql =
                                    switch (random.nextInt(3)) {
                                        case 0 -> "SELECT $1::int, pg_sleep($2), " + round + i;
                                        case 1 -> "SELECT $1::int, pg_sleep($2), repeat('x', 300000)";
                                        default -> "SELECT $1::int, pg_sleep($2)";
                                    };
                            numbers.add(round * 100 + i);
                            others.add(session.execute(sql, new Object[] {round * 100 + i, sleep}, null));
                        }
                    }
                }
                for (CompletableFuture<Results> target : targets) {
                    spin(random.nextInt(1_000_000));
                    if (random.nextInt(3) == 0) {
                        target.cancel(true);
                    }
                }
                for (int i = 0; i < others.size(); i++) {
                    assertEquals(numbers.get(i), row(get(others.get(i))).getInt(0));
                    answers++;
                }
                for (CompletableFuture<Results> target : targets) {
                    hits += isCancelled(target) ? 1 : 0;
                }
            }
            System.out.println(network.cancels() + " requests, " + hits + " statements cancelled, " + answers
                    + " answers beside them");
            assertTrue(hits > 0 && network.cancels() > 0, "there was no race");
        }
    }

    private static boolean isCancelled(CompletableFuture<Results> target) {
        try {
            target.join();
            return false;
        } catch (CancellationException cancelled) {
            return true;
        } catch (CompletionException failed) {
            QueryCanceledException late = assertInstanceOf(QueryCanceledException.class, failed.getCause());
            assertEquals(QueryCanceledException.Reason.DEADLINE, late.reason());
            return true;
        }
    }

    private static void spin(int nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
    }
}
