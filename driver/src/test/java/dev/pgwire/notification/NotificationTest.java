package dev.pgwire.notification;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.Moment;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.testkit.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;

/** Notifications that come with answers, and those that are waited for. */
@Timeout(30)
class NotificationTest {
    private static final ReadyForQuery IN_TRANSACTION = ReadyForQuery.of(TransactionStatus.IN_TRANSACTION);

    private static NotificationResponse notification(int number) {
        return new NotificationResponse(7, "orders", "n" + number);
    }

    /** A statement with notifications among its messages. */
    private static Flow notified(int notifications) {
        Flow flow = Flow.greeted().asked("SET x").send(Signal.PARSE_COMPLETE);
        for (int i = 0; i < notifications; i++) {
            flow.send(notification(i));
        }
        return flow.send(Signal.BIND_COMPLETE, Signal.NO_DATA, done("SET"), READY);
    }

    private static List<String> there(Connection connection) {
        List<String> payloads = new ArrayList<>();
        connection.notifications(Duration.ZERO).forEach(each -> payloads.add(each.payload()));
        return payloads;
    }

    @Test
    void thoseThatCameWithAnAnswerAreKept() {
        notified(3).play(connection -> {
            connection.execute("SET x");
            assertEquals(List.of("n0", "n1", "n2"), there(connection));
            assertEquals(List.of(), there(connection));
        });
    }

    @Test
    void aListenerTakesThemAndTheQueueGetsNone() {
        notified(3).play(connection -> {
            List<Notification> heard = new ArrayList<>();
            connection.onNotification(heard::add);
            connection.execute("SET x");
            assertEquals(new Notification("orders", "n2", 7, 0), heard.get(2));
            connection.onNotification(null);
            assertEquals(List.of(), there(connection));
        });
    }

    @Test
    void aListenerThatThrowsHarmsNothing() {
        notified(2).utility("SET y", READY).play(connection -> {
            connection.onNotification(each -> {
                throw new IllegalStateException("meant");
            });
            connection.execute("SET x");
            connection.execute("SET y");
        });
    }

    @Test
    void theOldestAreDroppedAndCounted() {
        int some = 10;
        notified(65_536 + some).play(connection -> {
            connection.execute("SET x");
            Iterator<Notification> kept =
                    connection.notifications(Duration.ZERO).iterator();
            assertEquals(new Notification("orders", "n" + some, 7, some), kept.next());
            assertEquals(new Notification("orders", "n" + (some + 1), 7, 0), kept.next());
            int rest = 2;
            while (kept.hasNext()) {
                kept.next();
                rest++;
            }
            assertEquals(65_536, rest);
        });
    }

    @ParameterizedTest
    @NullSource
    @MethodSource("centuries")
    void oneIsWaitedFor(@Nullable Duration limit) {
        Moment waits = new Moment();
        Flow.greeted().then(connection -> waits.await()).send(notification(1)).play(connection -> {
            Iterator<Notification> all = connection.notifications(limit).iterator();
            waits.comes();
            assertEquals("n1", all.next().payload());
        });
    }

    static List<Duration> centuries() {
        return List.of(Duration.ofDays(40_000), Duration.ofSeconds(Long.MAX_VALUE));
    }

    @Test
    void theIterationEndsWhenNoneComesAndCanGoOn() {
        Moment ended = new Moment();
        Flow.greeted().then(connection -> ended.await()).send(notification(1)).play(connection -> {
            Iterator<Notification> all =
                    connection.notifications(Duration.ofMillis(20)).iterator();
            assertFalse(all.hasNext());
            assertThrows(NoSuchElementException.class, all::next);
            ended.comes();
            while (!all.hasNext()) {
                // It may be slow to come.
                Thread.onSpinWait();
            }
            assertEquals("n1", all.next().payload());
        });
    }

    /** Else it would wait until the other one notifies. */
    @Test
    void anotherThreadMayUseTheConnectionMeanwhile() {
        Moment used = new Moment();
        Flow.greeted()
                .utility("SET x", READY)
                .then(connection -> used.await())
                .send(notification(1))
                .play(connection -> {
                    CompletableFuture<Notification> waits = CompletableFuture.supplyAsync(
                            () -> connection.notifications(null).iterator().next());
                    connection.execute("SET x");
                    used.comes();
                    assertEquals("n1", waits.join().payload());
                });
    }

    @Test
    void twoThreadsThatWaitDoNotKeepEachOtherFromTheirEnds() {
        Flow.greeted().play(connection -> {
            CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() ->
                    connection.notifications(Duration.ofMillis(50)).iterator().hasNext());
            assertFalse(
                    connection.notifications(Duration.ofMillis(50)).iterator().hasNext());
            assertFalse(other.join());
        });
    }

    @Test
    void inATransactionNoneIsWaitedFor() {
        Flow.greeted().utility("BEGIN", IN_TRANSACTION).send(notification(1)).play(connection -> {
            connection.execute("BEGIN");
            // What has come is given all the same.
            while (there(connection).isEmpty()) {
                Thread.onSpinWait();
            }
            InterfaceException refused = assertThrows(
                    InterfaceException.class,
                    () -> connection.notifications(null).iterator().hasNext());
            assertTrue(refused.getMessage().contains("transaction is in progress"), refused.getMessage());
        });
    }

    @Test
    void anInterruptEndsTheWaitAndTheConnectionGoesOn() {
        Flow.greeted().utility("SET x", READY).play(connection -> {
            Thread.currentThread().interrupt();
            QueryCanceledException ended = assertThrows(
                    QueryCanceledException.class,
                    () -> connection.notifications(null).iterator().hasNext());
            assertEquals(QueryCanceledException.Reason.INTERRUPT, ended.reason());
            assertTrue(Thread.interrupted());
            connection.execute("SET x");
        });
    }

    @Test
    void aConnectionThatIsLostEndsTheWait() {
        Flow.greeted().then(Step.close()).play(connection -> {
            assertThrows(
                    OperationalException.class,
                    () -> connection.notifications(null).iterator().hasNext());
            assertTrue(connection.isClosed());
        });
    }

    @Test
    void closingTheConnectionEndsTheWaitOfAnotherThread() throws InterruptedException {
        CountDownLatch begins = new CountDownLatch(1);
        Flow.greeted().play(connection -> {
            CompletableFuture<RuntimeException> waits = CompletableFuture.supplyAsync(() -> {
                begins.countDown();
                return assertThrows(
                        RuntimeException.class,
                        () -> connection.notifications(null).iterator().hasNext());
            });
            try {
                begins.await();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
            connection.close();
            assertTrue(waits.join() instanceof InterfaceException || waits.join() instanceof OperationalException);
        });
    }

    @Test
    void aNegativeLimitIsRefused() {
        Flow.greeted().play(connection -> {
            InterfaceException refused =
                    assertThrows(InterfaceException.class, () -> connection.notifications(Duration.ofNanos(-1)));
            assertTrue(refused.getMessage().startsWith("the limit is PT-0.000000001S, expected"), refused.getMessage());
        });
    }

    @Test
    void aChannelNeedsAName() {
        Flow.greeted().play(connection -> {
            assertThrows(InterfaceException.class, () -> connection.listen());
            assertThrows(InterfaceException.class, () -> connection.listen("a", ""));
            assertNull(connection.deadline());
        });
    }
}
