package dev.pgwire.internal.session;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.internal.session.LoopTestSession.get;
import static dev.pgwire.internal.session.LoopTestSession.play;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.Moment;
import dev.pgwire.internal.answer.OpenedAnswer;
import dev.pgwire.internal.copy.CopyingOut;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.CopyStatement;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.CopyData;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.testkit.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A COPY from the server whose reader wants no more of it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopCopyStopTest {
    private static final String COPY = "COPY t TO STDOUT";
    private static final CopyData MEGABYTE = new CopyData(new byte[1_000_000]);
    /** More than the sockets between the two take. */
    private static final int MEGABYTES = 32;

    /** The server, which is full of data, has no time for the request before all of them are taken. */
    @Test
    void aCancelRequestThatHangsDoesNotKeepTheAnswerFromBeingRead() {
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
                .cancelRequest(requested)
                .awaits(read)
                .then(Step.close());
        play(flow, session -> {
            CopyStatement statement = CopyStatement.of(COPY, CopyStatement.Direction.TO_STDOUT, false);
            Results results = get(session.run(
                    new OpenedAnswer(session.dispatch(), CopyingOut.chunks(session.dispatch(), statement), COPY),
                    null));
            assertFalse(results.isDone());
            session.discard(results);
            get(session.execute("SET x", new Object[0], null));
            assertTrue(results.isDone());
        });
    }
}
