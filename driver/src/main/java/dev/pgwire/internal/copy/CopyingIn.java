package dev.pgwire.internal.copy;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.server.Log;
import dev.pgwire.internal.sql.CopyStatement;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A whole COPY FROM STDIN, out of a source, which is asked for data when the server wants it and there is room. If the source
 * fails, so does the COPY; if the COPY fails, the source is asked for nothing more. Gives how many rows were stored.
 */
public final class CopyingIn extends Procedure<Long> {
    private enum Phase {
        BEGIN,
        BEGUN,
        PART,
        SENT,
        ENDED,
        /** There was something wrong with the source. */
        ABANDONED
    }

    private static final int PART = 64 * 1024;

    private final CopyFrom copy;
    private final ByteSource source;
    private final LongConsumer progress;
    private final byte[] part = new byte[PART];
    private Phase phase = Phase.BEGIN;
    private @Nullable Procedure<?> step;
    private @Nullable Throwable unusable;
    private long bytes;
    private boolean closed;

    /**
     * A COPY.
     *
     * @param source is closed when it is over, well or not
     * @param progress is told the bytes that were sent so far
     */
    public CopyingIn(Dispatch dispatch, CopyStatement statement, ByteSource source, LongConsumer progress) {
        super(dispatch);
        this.copy = new CopyFrom(dispatch, statement);
        this.source = source;
        this.progress = progress;
    }

    @Override
    protected boolean ready() {
        return phase != Phase.PART || copy.isStopped() || source.isReady();
    }

    @Override
    protected boolean proceed() {
        switch (phase) {
            case BEGIN -> step(copy.begin(), Phase.BEGUN);
            case BEGUN, SENT -> {
                stepResult();
                phase = Phase.PART;
                try {
                    tell();
                } catch (Throwable failed) {
                    abandon(failed);
                }
            }
            case PART -> sendPart();
            case ENDED -> {
                return over((Long) Objects.requireNonNull(stepResult()));
            }
            case ABANDONED -> {
                Throwable why = unusable;
                throw unchecked(why == null ? new IllegalStateException("abandoned without a reason") : why);
            }
        }
        return false;
    }

    private void sendPart() {
        int length = 0;
        if (!copy.isStopped()) {
            try {
                length = read();
            } catch (Throwable failed) {
                abandon(failed);
                return;
            }
        }
        if (length < 0) {
            step(copy.end(), Phase.ENDED);
        } else {
            bytes += length;
            step(copy.part(part, length), Phase.SENT);
        }
    }

    private void tell() {
        dispatch().leaves();
        try {
            progress.accept(bytes);
        } finally {
            dispatch().comesBack();
        }
    }

    private int read() throws Exception {
        dispatch().leaves();
        try {
            return source.read(part);
        } finally {
            dispatch().comesBack();
        }
    }

    private void abandon(Throwable why) {
        unusable = why;
        step(copy.abandon("the data ended with " + why.getClass().getName()), Phase.ABANDONED);
    }

    private void step(Procedure<?> procedure, Phase then) {
        step = procedure;
        phase = then;
        first(procedure);
    }

    private @Nullable Object stepResult() {
        return Objects.requireNonNull(step).result();
    }

    @Override
    protected void ended() {
        close();
    }

    /** Closes the source, if that was not done yet: for a COPY that did not come to its turn. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            source.close();
        } catch (Exception failed) {
            Log.warn("the source of a COPY could not be closed", failed);
        }
    }
}
