package dev.pgwire;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.done;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.async.AsyncConnection;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.Moment;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.CopyData;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A COPY from the server whose subscriber wants no more of it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CopyStopTest {
    private static final String COPY = "COPY t TO STDOUT";
    private static final CopyData MEGABYTE = new CopyData("x".repeat(1_000_000).getBytes());
    /** More than the sockets between the two take. */
    private static final int MEGABYTES = 32;

    /** Takes one buffer. */
    private static final class OneBuffer implements Subscriber<ByteBuffer> {
        private Subscription subscription;

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(ByteBuffer buffer) {
            subscription.cancel();
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }

    /** The server, which is full of data, has no time for the request before all of them are taken. */
    @Test
    void aCancelRequestThatHangsDoesNotKeepTheAnswerFromBeingRead() throws Exception {
        Moment requested = new Moment();
        Moment read = new Moment();
        Flow flow = Flow.greeted()
                .query(COPY, new CopyOutResponse(Format.TEXT, List.of(Format.TEXT)), MEGABYTE, MEGABYTE)
                .awaits(requested);
        for (int i = 0; i < MEGABYTES; i++) {
            flow.send(MEGABYTE);
        }
        flow.send(Signal.COPY_DONE, done("COPY " + MEGABYTES), READY)
                .tells(read)
                .utility("SET x", READY)
                .then(Step.expect(Command.TERMINATE))
                .cancelRequest(requested)
                .awaits(read)
                .then(Step.close());
        try (ScriptedServer server = flow.start()) {
            AsyncConnection conn = Postgres.connectAsync(server.dsn()).get(60, TimeUnit.SECONDS);
            conn.copyOut(COPY).subscribe(new OneBuffer());
            assertEquals("SET", conn.execute("SET x").get(60, TimeUnit.SECONDS).statusMessage());
            conn.close().get(60, TimeUnit.SECONDS);
            server.assertDone();
        }
    }
}
