package dev.pgwire.notification;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Postgres;
import dev.pgwire.async.EventLoops;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.Moment;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A subscriber and servers that do not what they should. */
@Timeout(30)
class SubscriberTest {
    private static final String LISTEN = "LISTEN \"orders\"";

    private final LinkedBlockingQueue<Object> told = new LinkedBlockingQueue<>();

    private final EventLoops loops = EventLoops.of(1);

    /** The thread of the loop gives the memory of its connections back before it ends. */
    @AfterEach
    void theLoopEnds() {
        loops.close();
        Until.holds(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("pgwire-own-loop")));
    }

    private SubscriberConfig to(ScriptedServer server, Duration heartbeat) {
        return SubscriberConfig.builder(server.dsn())
                .channels("orders")
                .pauses(Duration.ofMillis(1), Duration.ofMillis(10))
                .heartbeat(heartbeat)
                .loops(loops)
                .onNotification(told::add)
                .onGap(told::add)
                .build();
    }

    /** It gives no key to cancel with, so that no grace is waited for. */
    @Test
    void aServerThatDoesNotAnswerAQuestionCountsAsLost() throws InterruptedException {
        Flow flow = Flow.greetedWithoutKey()
                .utility(LISTEN, READY)
                .expect(new Query("SELECT 1"))
                .then(Step.nextConnection())
                .then(Step.greeting())
                .utility(LISTEN, READY)
                .send(new NotificationResponse(7, "orders", "1"));
        try (ScriptedServer server = flow.start();
                Subscriber subscriber = Postgres.subscribe(to(server, Duration.ofMillis(300)))) {
            subscriber.listening().join();
            Gap gap = assertInstanceOf(Gap.class, told.take());
            assertEquals(1, gap.attempts());
            assertEquals(new Notification("orders", "1", 7, 0), told.take());
            server.assertDone();
        }
    }

    @Test
    void aServerThatIsNotThereYetIsTriedAgainWithoutAGap() throws InterruptedException {
        Flow flow = Flow.greeted()
                .then(Step.close())
                .then(Step.nextConnection())
                .then(Step.greeting())
                .utility(LISTEN, READY)
                .send(new NotificationResponse(7, "orders", "1"));
        try (ScriptedServer server = flow.start();
                Subscriber subscriber = Postgres.subscribe(to(server, Duration.ofSeconds(60)))) {
            subscriber.listening().join();
            assertEquals(new Notification("orders", "1", 7, 0), told.take());
            assertTrue(told.isEmpty());
            server.assertDone();
        }
    }

    @Test
    void whatComesWithTheFirstAnswerOfANewConnectionComesBehindTheGap() throws InterruptedException {
        Moment listens = new Moment();
        Flow flow = Flow.greeted()
                .utility(LISTEN, READY)
                .then(connection -> listens.await())
                .then(Step.close())
                .then(Step.nextConnection())
                .then(Step.greeting())
                .asked(LISTEN)
                .send(Signal.PARSE_COMPLETE, new NotificationResponse(7, "orders", "early"))
                .send(Signal.BIND_COMPLETE, Signal.NO_DATA, done("LISTEN"), READY);
        try (ScriptedServer server = flow.start();
                Subscriber subscriber = Postgres.subscribe(to(server, Duration.ofSeconds(60)))) {
            subscriber.listening().join();
            listens.comes();
            Gap gap = assertInstanceOf(Gap.class, told.take());
            assertInstanceOf(ConnectionFailureException.class, gap.cause());
            assertEquals("early", ((Notification) told.take()).payload());
            server.assertDone();
        }
    }

    @Test
    void twoGapsInARowAreOne() {
        Gap first = new Gap(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), 2, new Exception("one"));
        Exception why = new Exception("two");
        Gap second = new Gap(Instant.EPOCH.plusSeconds(2), Instant.EPOCH.plusSeconds(3), 1, why);
        assertEquals(new Gap(Instant.EPOCH, Instant.EPOCH.plusSeconds(3), 3, why), first.and(second));
    }
}
