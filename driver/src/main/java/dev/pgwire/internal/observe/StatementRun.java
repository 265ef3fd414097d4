package dev.pgwire.internal.observe;

import dev.pgwire.internal.result.Results;
import dev.pgwire.observe.StatementEnd;
import dev.pgwire.observe.StatementKind;
import dev.pgwire.observe.StatementListener;
import dev.pgwire.observe.StatementPlace;
import dev.pgwire.observe.StatementStart;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A statement that is listened to, from its turn to its end, which it tells once. */
public final class StatementRun {
    private final @Nullable StatementListener listener;
    private final StatementStart start;
    private final @Nullable Object recording;
    private final long began = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * Tells that it starts.
     *
     * @param listener null if only the flight recorder is told
     */
    public StatementRun(@Nullable StatementListener listener, StatementKind kind, String sql, StatementPlace place) {
        this.listener = listener;
        this.start = new StatementStart(kind, sql, place);
        this.recording = Recorder.statement();
        if (listener != null) {
            try {
                listener.started(start);
            } catch (Throwable thrown) {
                log(thrown);
            }
        }
    }

    /** Its results are there, or will be: then it ends with them. To be called where nothing else is done with them. */
    public void endsWith(Results results) {
        if (results.isDone()) {
            ended(results);
        } else {
            results.whenDone(() -> ended(results));
        }
    }

    private void ended(Results results) {
        end(results.ownRows(), results.failure());
    }

    /** It has ended well. */
    public void ended(long rows) {
        end(rows, null);
    }

    /** It has failed. */
    public void failed(Throwable failure) {
        end(-1, failure);
    }

    private void end(long rows, @Nullable Throwable failure) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        StatementEnd end = new StatementEnd(
                start, Duration.ofNanos(System.nanoTime() - began), failure == null ? rows : -1, failure);
        Recorder.statement(recording, end);
        if (listener != null) {
            // Whatever it throws: this runs in the middle of what the server says.
            try {
                listener.ended(end);
            } catch (Throwable thrown) {
                log(thrown);
            }
        }
    }

    private static void log(Throwable thrown) {
        System.getLogger(StatementListener.class.getName())
                .log(Level.WARNING, "a listener to statements has thrown, which changes nothing", thrown);
    }
}
