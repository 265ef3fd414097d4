package dev.pgwire.it;

import static dev.pgwire.it.LoopAnswers.NONE;
import static dev.pgwire.it.LoopAnswers.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.testing.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many callers on one connection that lives on a shared event loop: each gets its own answer. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopDriverIT {
    private static final int CALLERS = 64;

    private final LoopLane lane = new LoopLane();
    private final ExecutorService callers = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        callers.shutdownNow();
        lane.close();
    }

    /** Half of the callers go on on the loop's own thread. */
    private void callAll(LoopSession session, int statements) throws Exception {
        Seed seed = Seed.take();
        long begin = System.nanoTime();
        List<CompletableFuture<Integer>> ends = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            LoopCaller caller = new LoopCaller(
                    session, i, statements / CALLERS, seed.random(i), i % 2 == 0 ? Runnable::run : callers);
            ends.add(caller.run(1 + i % 4));
        }
        int answered = 0;
        for (CompletableFuture<Integer> end : ends) {
            answered += end.get(240, TimeUnit.SECONDS);
        }
        assertEquals(statements, answered);
        System.out.println(answered + " statements of " + CALLERS + " callers on one connection in "
                + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }

    @Test
    void eachCallerGetsItsOwnAnswer() throws Exception {
        callAll(lane.open(""), 200_000);
    }

    @Test
    void eachCallerGetsItsOwnAnswerWhereTheServerKeepsNoStatement() throws Exception {
        callAll(lane.open("prepare=never"), 32_000);
    }

    @Test
    void eachCallerGetsItsOwnAnswerThroughTls(@TempDir Path files) throws Exception {
        try (TlsServer server = TlsServer.start(files);
                LoopSession session = lane.open(Config.parse(server.dsn("")))) {
            callAll(session, 64_000);
        }
    }

    @Test
    void aReaderThatTakesNoRowsHoldsLittleThroughTls(@TempDir Path files) throws Exception {
        try (TlsServer server = TlsServer.start(files);
                LoopSession session = lane.open(Config.parse(server.dsn("")));
                LoopSession other = lane.open(Config.parse(server.dsn("")))) {
            for (int width = 100; width < 1_000; width += 7) {
                String sql = "SELECT repeat('x', " + width + ") FROM generate_series(1, 10000)";
                Results results = get(session.stream(sql, NONE, null));
                for (int i = 0; i < 10; i++) {
                    get(other.execute("SELECT $1::int", new Object[] {i}, null));
                }
                long unread = get(session.unreadBytes());
                assertTrue(unread > 0 && unread <= 64 * 1024, () -> unread + " bytes");
                session.discard(results);
            }
        }
    }

    /** All of a round is submitted before the loop can complete the first. */
    @Test
    void futuresAreCompletedInTheOrderOfTheRequests() throws Exception {
        LoopSession session = lane.open("");
        Random random = Seed.take().random();
        List<Integer> submitted = new ArrayList<>();
        List<Integer> completed = Collections.synchronizedList(new ArrayList<>());
        for (int round = 0; round < 200; round++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            get(session.execute("SELECT 1", NONE, null).whenComplete((results, failure) -> {
                List<CompletableFuture<?>> all = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    int number = submitted.size();
                    submitted.add(number);
                    String sql =
                            switch (random.nextInt(6)) {
                                case 0 -> "SELECT 1 / ($1::int - $1::int)";
                                case 1 -> "SELECT $1::int, " + number;
                                case 2 -> "SET application_name = '" + number + "'";
                                case 3 -> "SELECT repeat('x', 200000), $1::int";
                                default -> "SELECT $1::int";
                            };
                    Object[] values = sql.contains("$1") ? new Object[] {number} : NONE;
                    all.add(session.execute(sql, values, null).handle((answer, failed) -> completed.add(number)));
                }
                CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).thenRun(() -> end.complete(null));
            }));
            get(end);
        }
        assertEquals(submitted, completed);
    }
}
