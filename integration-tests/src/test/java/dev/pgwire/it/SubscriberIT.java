package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.AdminShutdownException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.notification.Gap;
import dev.pgwire.notification.Notification;
import dev.pgwire.notification.Subscriber;
import dev.pgwire.notification.SubscriberConfig;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A subscriber goes on listening, and tells what it did not hear. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SubscriberIT {
    private static final String NOTIFY = "SELECT pg_notify('orders', $1)";

    private final String dsn = TestServer.shared().dsn();
    /** What the listeners were told: payloads and gaps. */
    private final LinkedBlockingQueue<Object> told = new LinkedBlockingQueue<>();

    private Connection other;

    @BeforeEach
    void connect() {
        other = Postgres.connect(dsn);
    }

    @AfterEach
    void disconnect() {
        other.close();
    }

    private SubscriberConfig.Builder to(String server) {
        return SubscriberConfig.builder(Config.parse(server).toBuilder()
                        .applicationName("subscriber")
                        .build())
                .channels("orders")
                .pauses(Duration.ofMillis(5), Duration.ofMillis(50))
                .onNotification(each -> told.add(each.payload()))
                .onGap(told::add);
    }

    private void terminates() {
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'subscriber'");
    }

    @Test
    void itSurvivesTheEndOfItsSessionAndTellsOfTheGap() throws Exception {
        try (Subscriber subscriber = Postgres.subscribe(to(dsn).build())) {
            subscriber.listening().join();
            assertTrue(subscriber.isListening());
            for (int round = 0; round < 20; round++) {
                other.execute(NOTIFY, "before " + round);
                assertEquals("before " + round, told.take());
                terminates();
                Gap gap = assertInstanceOf(Gap.class, told.take());
                assertInstanceOf(AdminShutdownException.class, gap.cause());
                assertFalse(gap.until().isBefore(gap.from()));
                assertTrue(gap.attempts() >= 1);
                // It listens when the gap has ended.
                other.execute(NOTIFY, "after " + round);
                assertEquals("after " + round, told.take());
            }
        }
    }

    @Test
    void itListensToWhatWasAddedMeanwhileAndNotToWhatWasTakenAway() throws Exception {
        try (Subscriber subscriber = Postgres.subscribe(to(dsn).build())) {
            subscriber.listen("more").join();
            subscriber.unlisten("orders").join();
            subscriber.listening().join();
            terminates();
            while (!(told.take() instanceof Gap)) {
                // The session may have ended before it listened, or not.
            }
            other.execute(NOTIFY, "unheard");
            other.execute("NOTIFY more, 'heard'");
            assertEquals("heard", told.take());
            assertEquals(Set.of("more"), subscriber.channels());
        }
    }

    @Test
    void aBusyListenerIsToldLaterAndAListenerThatFailsIsToldTheNext() throws Exception {
        CountDownLatch goesOn = new CountDownLatch(1);
        SubscriberConfig config = to(dsn).onNotification(each -> {
                    try {
                        goesOn.await();
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                    told.add(each);
                    if (each.payload().equals("1")) {
                        throw new IllegalStateException("meant");
                    }
                })
                .build();
        try (Subscriber subscriber = Postgres.subscribe(config)) {
            subscriber.listening().join();
            other.execute(NOTIFY, "1");
            other.execute(NOTIFY, "2");
            terminates();
            while (subscriber.isListening()) {
                Thread.sleep(1);
            }
            while (!subscriber.isListening()) {
                Thread.sleep(1);
            }
            other.execute(NOTIFY, "3");
            goesOn.countDown();
            assertEquals("1", ((Notification) told.take()).payload());
            assertEquals("2", ((Notification) told.take()).payload());
            assertInstanceOf(Gap.class, told.take());
            assertEquals("3", ((Notification) told.take()).payload());
        }
    }

    @Test
    void whatWaitingWillNotMendIsTold() {
        Subscriber subscriber = Postgres.subscribe(to(dsn + " dbname=not_there").build());
        CompletionException failed = assertThrows(
                CompletionException.class, () -> subscriber.listening().join());
        assertEquals("3D000", ((DatabaseException) failed.getCause()).sqlState());
        assertThrows(InterfaceException.class, () -> subscriber.listen("a"));
    }

    @Test
    void aSubscriberThatIsClosedIsNoSessionAnyMore() throws Exception {
        Subscriber subscriber = Postgres.subscribe(to(dsn).build());
        subscriber.listening().join();
        subscriber.close();
        String sessions = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'subscriber'";
        while (other.execute(sessions).fetchOne() != null) {
            Thread.sleep(5);
        }
        assertFalse(subscriber.isListening());
    }

    @Test
    void aConfigurationWithoutAListenerIsRefused() {
        assertThrows(
                InterfaceException.class, () -> SubscriberConfig.builder(dsn).build());
        assertThrows(
                InterfaceException.class,
                () -> Postgres.subscribe(to(dsn).channels("").build()));
    }
}
