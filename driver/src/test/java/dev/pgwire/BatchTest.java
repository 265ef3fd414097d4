package dev.pgwire;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.fixture.Flow;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the caller's own code can do to a batch while it is being sent. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchTest {
    private static final String INSERT = "INSERT INTO t VALUES ($1)";
    private static final String LARGE = "x".repeat(70_000);

    private static Flow sentOnce() {
        return Flow.greeted()
                .describeInSegment(1, INSERT, Signal.NO_DATA, TEXT)
                .expect(Flow.bind(1, false, LARGE), new Execute("", 0));
    }

    /** Gives one large set; what it answers when it is asked whether there are more is up to the test. */
    private static Iterable<Object> oneLargeSet(Supplier<Boolean> more) {
        return () -> new Iterator<>() {
            private boolean given;

            @Override
            public boolean hasNext() {
                return !given || more.get();
            }

            @Override
            public Object next() {
                given = true;
                return List.of(LARGE);
            }
        };
    }

    @Test
    void anErrorOfTheIterableEndsTheBatchAsAnExceptionDoes() {
        Flow flow = sentOnce()
                .expect(new Execute("pgwire_abandoned_batch", 0), Command.SYNC)
                .send(Signal.BIND_COMPLETE, done("INSERT 0 1"), error("34000", "no such portal"), READY)
                .utility("SET x", READY);
        StackOverflowError failure = new StackOverflowError("of the iterable");
        Iterable<Object> sets = () -> new Iterator<>() {
            private boolean given;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Object next() {
                if (given) {
                    throw failure;
                }
                given = true;
                return List.of(LARGE);
            }
        };
        flow.play(connection -> {
            assertSame(failure, assertThrows(StackOverflowError.class, () -> connection
                    .cursor()
                    .executeMany(INSERT, sets)));
            connection.execute("SET x");
        });
    }

    @Test
    void setsThatComeAfterTheIterableSaidThereAreNoMoreAreNotSent() {
        Flow flow = sentOnce()
                .expect(Command.SYNC)
                .send(Signal.BIND_COMPLETE, done("INSERT 0 1"), READY)
                .utility("SET x", READY);
        int[] asked = {0};
        flow.play(connection -> {
            Cursor cursor = connection.cursor().executeMany(INSERT, oneLargeSet(() -> ++asked[0] > 1));
            assertEquals(1, cursor.rowCount());
            connection.execute("SET x");
        });
    }
}
