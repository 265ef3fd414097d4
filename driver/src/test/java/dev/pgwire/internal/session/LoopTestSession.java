package dev.pgwire.internal.session;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.config.Config;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.Messages;
import dev.pgwire.internal.loop.SharedLoop;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.ScriptedServer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A session on a shared event loop of its own, before a server that plays a script. */
final class LoopTestSession {
    static final RowDescription ID = columns("id", INT4);
    static final String SELECT = "SELECT id FROM t WHERE id = $1";

    private LoopTestSession() {}

    @FunctionalInterface
    interface Use {
        void use(LoopSession session) throws Exception;
    }

    /** Plays the whole script; then all that the session took is given back. */
    static void play(Flow flow, Use use) {
        ExecutorService blocking = Executors.newCachedThreadPool();
        try (ScriptedServer server = flow.start();
                SharedLoop loop = new SharedLoop("scripted")) {
            LoopSession session = SessionSource.of(Config.parse(server.dsn())).openLent(loop, blocking, null);
            try {
                use.use(session);
                server.assertDone();
            } catch (Exception | AssertionError failure) {
                // What the server has to say explains it.
                server.assertDone();
                throw failure;
            } finally {
                session.close();
                // The loop closes the socket, tells the driver, and then gives its memory back.
                get(session.unreadBytes());
                get(session.unreadBytes());
                get(session.unreadBytes());
                blocking.shutdown();
                blocking.awaitTermination(20, TimeUnit.SECONDS);
            }
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    static Throwable failure(CompletableFuture<?> future) throws Exception {
        try {
            throw new AssertionError("completed with " + get(future) + ", expected a failure");
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }

    /** The only row. */
    static Row row(Results results) {
        Result result = Objects.requireNonNull(results.current());
        RowSlice slice = Objects.requireNonNull(result.nextRows());
        assertEquals(1, slice.to() - slice.from());
        return slice.page().keep(Objects.requireNonNull(result.plan()), slice.from());
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing happened");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A server that keeps {@link #SELECT} as its first statement. */
    static Flow kept() {
        return Flow.greeted().kept(1, SELECT, ID, INT4);
    }

    static Flow answer(Flow flow, int id) {
        return flow.send(Signal.BIND_COMPLETE, Messages.row(id), done("SELECT 1"), READY);
    }

    static Flow parsedAndAnswered(Flow flow, int id) {
        return flow.send(
                Signal.PARSE_COMPLETE,
                Signal.BIND_COMPLETE,
                Flow.inBinary(ID),
                Messages.row(id),
                done("SELECT 1"),
                READY);
    }

    /** As {@link #play}, when the server keeps the statement. */
    static void playKept(Flow flow, Use use) {
        play(flow, session -> {
            for (int i = 0; i < 2; i++) {
                get(session.execute(SELECT, new Object[] {null}, null));
            }
            use.use(session);
        });
    }

    static CompletableFuture<Results> ask(LoopSession session, int id) {
        return session.execute(SELECT, new Object[] {id}, null);
    }

    static void assertId(int id, CompletableFuture<Results> future) throws Exception {
        assertEquals(id, row(get(future)).getInt(0));
    }
}
