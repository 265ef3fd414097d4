package dev.pgwire.benchmarks.compare.contestant;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps a number of statements in flight: the end of each begins the next, on the thread that tells of it. */
final class InFlight {
    private final int[] keys;
    private final Ask ask;
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private int begun;
    private int ended;

    /** How a statement is begun. */
    interface Ask {
        /** Begins the statement of a key, and tells later how it ended: null if well. */
        void begin(int key, Consumer<@Nullable Throwable> end);
    }

    private InFlight(int[] keys, int inFlight, Ask ask) {
        this.keys = keys;
        this.ask = ask;
        this.begun = Math.min(inFlight, keys.length);
    }

    /** Runs a statement for each key, and waits for the last one. All ends must be told on one thread. */
    static void run(int[] keys, int inFlight, Ask ask) throws ExecutionException, InterruptedException {
        InFlight run = new InFlight(keys, inFlight, ask);
        for (int i = 0, first = run.begun; i < first; i++) {
            ask.begin(keys[i], run::ended);
        }
        run.end.get();
    }

    private void ended(@Nullable Throwable failure) {
        if (failure != null) {
            end.completeExceptionally(failure);
        } else if (begun < keys.length) {
            ended++;
            ask.begin(keys[begun++], this::ended);
        } else if (++ended == keys.length) {
            end.complete(true);
        }
    }
}
