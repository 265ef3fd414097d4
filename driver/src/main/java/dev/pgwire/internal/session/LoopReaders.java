package dev.pgwire.internal.session;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.result.CopyResults;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.SqlExcerpt;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The answer whose statement has returned with its first rows, and the tasks that read on in it. Until it has ended, all behind
 * it waits: its rows are set aside meanwhile, up to a bound. The deadline of the statement passes while a task reads. For the loop's
 * thread.
 */
final class LoopReaders {
    private final LoopDriver driver;
    private final Transport transport;
    private final Dispatch dispatch;
    private final LoopCancels cancels;
    private final ArrayDeque<LoopTask<?>> readers = new ArrayDeque<>();
    /** Other threads may ask whether there is one. */
    private volatile @Nullable Results open;

    private String sql = "";
    /** What the open answer is to. */
    private @Nullable LoopTask<?> statement;

    LoopReaders(LoopDriver driver, Transport transport, Dispatch dispatch, LoopCancels cancels) {
        this.driver = driver;
        this.transport = transport;
        this.dispatch = dispatch;
        this.cancels = cancels;
    }

    /** A statement has returned; what is left of its answer is read by {@link #add}ed tasks, or discarded. */
    void open(Results results, String text, LoopTask<?> returned) {
        open = results;
        sql = text;
        statement = returned;
        if (returned.policy().isTimed()) {
            cancels.pause(returned);
        }
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

    /** Whether more rows are unread than are set aside for what waits behind them. */
    boolean areTooMany() {
        Results answer = open;
        return answer != null && !answer.isDone() && answer.unreadBytes() > Results.MOST_SET_ASIDE;
    }

    /** Why a statement that waits is not sent when the rows are too many. */
    InterfaceException refusal() {
        return SettingAside.refusal(SqlExcerpt.of(sql));
    }

    /**
     * Drops rows that are too many, for something behind them that cannot be refused.
     *
     * @param what has come, or has happened
     */
    void dropTooMany(String what) {
        Results answer = open;
        if (answer != null && areTooMany()) {
            answer.abandon(SettingAside.lost(
                    what + " while more than " + Results.MOST_SET_ASIDE + " bytes of this result were unread",
                    SqlExcerpt.of(sql)));
        }
    }

    /** Gives the readers what there is. Those of an answer that was set aside need not wait for those of the open one. */
    void advance() {
        for (Iterator<LoopTask<?>> all = readers.iterator(); all.hasNext(); ) {
            LoopTask<?> reader = all.next();
            if (driver.advance(reader)) {
                all.remove();
                reader.finish();
            }
        }
        LoopTask<?> answered = statement;
        if (answered != null) {
            keepTime(answered);
            if (isToBeCancelled() && !answered.isOver()) {
                cancels.stop(answered);
            }
        }
    }

    private boolean isToBeCancelled() {
        return open instanceof CopyResults copy && copy.isToBeCancelled();
    }

    /** Whether the open answer is forgotten, and the server is being asked to end it: what it sends until it is told can wait. */
    private boolean isStopping() {
        LoopTask<?> answered = statement;
        return answered != null && answered.isHeldUp() && isToBeCancelled();
    }

    private void keepTime(LoopTask<?> answered) {
        if (!isOpen()) {
            answered.end();
            statement = null;
            // What was set aside of it is its readers' alone.
            open = null;
        } else if (answered.policy().isTimed() && isRead() == answered.isPaused()) {
            if (isRead()) {
                cancels.goOn(answered);
            } else {
                cancels.pause(answered);
            }
        }
    }

    private boolean isRead() {
        Results answer = open;
        return !readers.isEmpty() || (answer != null && answer.isDiscarded());
    }

    /**
     * Whether more is wanted than is at hand.
     *
     * @param isInTheWay whether the answer is to be set aside for what waits behind it
     */
    boolean areWanting(boolean isInTheWay) {
        Results answer = open;
        if (isStopping()) {
            return false;
        }
        return answer == null
                || answer.isDone()
                || answer.isDiscarded()
                || !readers.isEmpty()
                || isInTheWay
                || unreadBytes() < dispatch.streamFrom();
    }

    /** How many bytes the rows take that came and that no reader has taken. */
    long unreadBytes() {
        Results answer = open;
        return answer == null ? 0 : answer.unreadRowBytes() + transport.undeliveredBytes();
    }
}
