package dev.pgwire.internal.session;

import dev.pgwire.config.Config;
import dev.pgwire.internal.answer.NextRows;
import dev.pgwire.internal.answer.OpenedAnswer;
import dev.pgwire.internal.answer.WholeAnswer;
import dev.pgwire.internal.cancel.CancelFence;
import dev.pgwire.internal.cancel.CancelPolicy;
import dev.pgwire.internal.cancel.Deadline;
import dev.pgwire.internal.connect.Connector;
import dev.pgwire.internal.net.CallerTurns;
import dev.pgwire.internal.net.LoopTurns;
import dev.pgwire.internal.net.SharedLoop;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.ExecuteMany;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.internal.server.ServerState;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One session with a server, for many callers that do not wait: its connection lives on a shared event loop. The same
 * procedures as those of {@link Session} do the work. May be used by any thread. A future that is completed runs what depends on
 * it on the loop's thread, which must not block there.
 */
public final class LoopSession implements AutoCloseable {
    /** Half of what a reader that takes no rows may hold up: one read of the socket may come on top. */
    private static final int STREAM_FROM = 32 * 1024;

    private final LoopTurns turns;
    private final LoopDriver driver;
    private final CancelFence fence;
    private final Dispatch dispatch;
    private final Duration grace;

    private LoopSession(
            Config config,
            Connector connector,
            Connector.Opened opened,
            ServerState server,
            SharedLoop loop,
            Executor blocking) {
        CallerTurns caller = opened.turns();
        this.grace = config.cancelGrace();
        this.fence = new CancelFence(connector.cancelRequest(opened), this::lowered);
        Transport transport = caller.transport();
        LoopGate gate = new LoopGate(transport, fence);
        this.dispatch = SessionDispatch.of(config, opened, server, gate, STREAM_FROM);
        this.driver = new LoopDriver(transport, gate, new LoopCancels(transport, fence, gate, blocking), dispatch);
        server.tell(fence, gate);
        server.acceptDateStyle();
        this.turns = caller.moveTo(loop, driver);
        driver.drive(turns);
    }

    /**
     * Connects, which blocks the calling thread, and moves the connection to an event loop.
     *
     * @param blocking runs what has to block: the cancel requests
     */
    public static LoopSession open(Config config, SharedLoop loop, Executor blocking) {
        Connector connector = new Connector(config);
        ServerState server = new ServerState();
        return new LoopSession(config, connector, connector.open(server), server, loop, blocking);
    }

    private void lowered() {
        turns.execute(driver::pump);
    }

    /** Runs a statement, and reads all of its answer. */
    public CompletableFuture<Results> execute(String sql, @Nullable Object[] values, @Nullable Duration deadline) {
        Execution statement = new Execution(dispatch, sql, values.clone());
        return submit(new WholeAnswer(dispatch, statement), deadline, statement::isPlain);
    }

    /** Runs a statement up to its first rows; the others are read by {@link #next}. */
    public CompletableFuture<Results> stream(String sql, @Nullable Object[] values, @Nullable Duration deadline) {
        Execution statement = new Execution(dispatch, sql, values.clone());
        return submit(new OpenedAnswer(dispatch, statement), deadline, statement::isPlain);
    }

    /** The next rows of a result that is streamed; null if there are none any more. To cancel the future may lose them. */
    public CompletableFuture<@Nullable RowSlice> next(Results results, Result result) {
        LoopTask<@Nullable RowSlice> reader = LoopTask.unwatched(driver, new NextRows(dispatch, results, result));
        driver.submitReader(reader);
        return reader;
    }

    /** Drops what is left of an answer that is streamed. */
    public void discard(Results results) {
        turns.execute(() -> driver.discard(results));
    }

    /** How many bytes the rows take that came of the answer that is streamed, and that were not asked for. */
    public CompletableFuture<Long> unreadBytes() {
        CompletableFuture<Long> bytes = new CompletableFuture<>();
        if (!turns.execute(() -> bytes.complete(driver.readers().unreadBytes()))) {
            bytes.complete(0L);
        }
        return bytes;
    }

    /** Runs a statement for many sets of values. */
    public CompletableFuture<Results> executeMany(
            String sql, Iterator<@Nullable Object[]> sets, @Nullable Duration deadline) {
        return submit(new WholeAnswer(dispatch, new ExecuteMany(dispatch, sql, sets)), deadline, () -> false);
    }

    private <T> CompletableFuture<T> submit(
            Procedure<T> procedure, @Nullable Duration deadline, BooleanSupplier plain) {
        CancelPolicy policy = new CancelPolicy(grace);
        policy.begin(Deadline.of(deadline));
        LoopTask<T> task = new LoopTask<>(driver, procedure, policy, plain);
        driver.submit(task);
        return task;
    }

    /** Ends the session; what is not answered fails. */
    @Override
    public void close() {
        fence.shut();
        turns.close();
        lowered();
    }
}
