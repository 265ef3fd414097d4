package dev.pgwire.internal.session;

import dev.pgwire.internal.answer.Ending;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.result.Results;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The answer whose statement has returned with its first rows, and those who read on in it. Until it has ended, all behind it
 * waits. For the loop's thread.
 */
final class LoopReaders {
    private final LoopDriver driver;
    private final Transport transport;
    private final Dispatch dispatch;
    private final ArrayDeque<LoopTask<?>> readers = new ArrayDeque<>();
    private @Nullable Results open;

    LoopReaders(LoopDriver driver, Transport transport, Dispatch dispatch) {
        this.driver = driver;
        this.transport = transport;
        this.dispatch = dispatch;
    }

    /** A statement has returned; what is left of its answer is read by {@link #add}ed tasks, or discarded. */
    void open(Results results) {
        open = results;
    }

    /** Whether an answer has not ended yet. */
    boolean isOpen() {
        Results answer = open;
        return answer != null && !answer.isDone();
    }

    void add(LoopTask<?> reader) {
        readers.add(reader);
    }

    /** Forgets a reader that is not wanted any more; returns whether it had not ended. */
    boolean remove(LoopTask<?> reader) {
        return readers.remove(reader);
    }

    /** Drops what is left of an answer. */
    void discard(Results results) {
        results.discard();
        if (results == open && isOpen()) {
            readers.add(LoopTask.unwatched(driver, new Ending(dispatch, results)));
        }
    }

    /** Gives the readers what there is. */
    void advance() {
        LoopTask<?> reader = readers.peek();
        while (reader != null && driver.advance(reader)) {
            readers.remove();
            reader.finish();
            reader = readers.peek();
        }
    }

    /** Whether more is wanted than is at hand. */
    boolean areWanting() {
        Results answer = open;
        return answer == null
                || answer.isDone()
                || answer.isDiscarded()
                || !readers.isEmpty()
                || unreadBytes() < dispatch.streamFrom();
    }

    /** How many bytes the rows take that came and that no reader has taken. */
    long unreadBytes() {
        Results answer = open;
        return answer == null ? 0 : answer.unreadRowBytes() + transport.undeliveredBytes();
    }
}
