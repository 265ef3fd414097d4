package dev.pgwire.internal.session;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.answer.Clearing;
import dev.pgwire.internal.answer.Ending;
import dev.pgwire.internal.copy.CopyFrom;
import dev.pgwire.internal.pipeline.PipelineDrop;
import dev.pgwire.internal.pipeline.PipelineQueue;
import dev.pgwire.internal.pipeline.PipelineSync;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.UnfinishedResults;
import dev.pgwire.internal.result.Results;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is in the way when the connection is needed for something else: the answer that is being read, the pipeline in
 * which statements are queued, and the COPY whose data is being written. Used by the thread that has entered the connection.
 */
final class Unfinished {
    /** Of the answers in a pipeline nothing is there before it is synced. */
    private static final BooleanSupplier NOT_ENOUGH = new BooleanSupplier() {
        @Override
        public boolean getAsBoolean() {
            return false;
        }
    };

    private final CallerDriver driver;
    private final Dispatch dispatch;
    private @Nullable OpenAnswer open;
    private @Nullable PipelineQueue pipeline;
    private @Nullable CopyFrom copy;

    Unfinished(CallerDriver driver, Dispatch dispatch) {
        this.driver = driver;
        this.dispatch = dispatch;
    }

    /** An answer is read on by its cursor. */
    void reads(OpenAnswer answer) {
        open = answer;
    }

    /** The server waits for the data of a COPY, and does nothing else before that has ended. */
    void copies(CopyFrom begun) {
        copy = begun;
    }

    /** Whether a COPY has not ended. */
    private boolean isCopying() {
        CopyFrom begun = copy;
        if (begun != null && begun.isOver()) {
            copy = null;
        }
        return copy != null;
    }

    private void refuseCopy(String what) {
        CopyFrom begun = copy;
        if (isCopying() && begun != null) {
            String givenUp = begun.givenUp();
            if (givenUp != null) {
                abandonCopy(givenUp);
                return;
            }
            throw new InterfaceException(what + " has come while a COPY is in progress on this connection ("
                    + begun.shown() + "), expected that its writer is closed or abandoned before");
        }
    }

    private void abandonCopy(String why) {
        CopyFrom begun = copy;
        if (isCopying() && begun != null) {
            driver.run(begun.abandon(why));
            copy = null;
        }
    }

    /** Whether an answer is being read that has not come to its end. */
    boolean isStreaming() {
        OpenAnswer answer = open;
        return isCopying() || (answer != null && !answer.isDone());
    }

    /** Whether there is something that another thread goes on with. */
    boolean isInTheWay() {
        PipelineQueue queue = pipeline;
        return isStreaming() || (queue != null && queue.isBegun());
    }

    /** What is queued is executed, and what is unread is set aside. */
    void makeRoom() {
        refuseCopy("another statement");
        finishPipeline();
        setAside();
    }

    /** As {@link #makeRoom}, for a pipeline, whose own queue stays. */
    void makeRoomFor(PipelineQueue queue) {
        refuseCopy("a pipeline");
        if (queue != pipeline) {
            finishPipeline();
        }
        setAside();
        pipeline = queue;
    }

    /** What is queued comes before what is asked for now. */
    void finishPipeline() {
        PipelineQueue queue = pipeline;
        pipeline = null;
        if (queue != null) {
            sync(queue);
        }
    }

    /** Sends what is queued, and reads all answers. */
    void sync(PipelineQueue queue) {
        driver.run(new PipelineSync(dispatch, queue, NOT_ENOUGH));
    }

    /** Keeps the rest of the answer in memory. */
    void setAside() {
        refuseCopy("what needs the connection");
        OpenAnswer answer = open;
        if (answer != null && !fitsAside(answer)) {
            throw SettingAside.refusal(answer.shown());
        }
    }

    /** The same, but what is too much is dropped: a command has come that must be able to run. */
    void setAsideOrDrop(String command) {
        if (command.startsWith("ROLLBACK")) {
            abandonCopy(command + " came");
        } else {
            refuseCopy(command);
        }
        OpenAnswer answer = open;
        if (answer != null && !fitsAside(answer)) {
            drop(
                    answer,
                    command + " came while more than " + Results.MOST_SET_ASIDE + " bytes of this result were unread");
        }
    }

    /** Drops all, because the connection is reset. */
    void dropAll() {
        abandonCopy("the connection was reset");
        dropQueue("the connection was reset");
        OpenAnswer answer = open;
        if (answer != null) {
            drop(answer, "the connection was reset while rows of this result were unread");
        }
    }

    private void dropQueue(String why) {
        PipelineQueue queue = pipeline;
        pipeline = null;
        if (queue != null) {
            driver.run(new PipelineDrop(
                    dispatch,
                    queue,
                    why + " while statements were queued in a pipeline, which were not"
                            + " executed; expected that the pipeline is closed before"));
        }
    }

    /** Whether there is anything. */
    boolean isAny() {
        return open != null || pipeline != null || isCopying();
    }

    /** Whether a cursor reads an answer while it arrives. */
    boolean isRead() {
        OpenAnswer answer = open;
        return isCopying() || (answer != null && !answer.isDone() && answer.hasReader());
    }

    /**
     * Forgets all, because the connection is given back.
     *
     * @param most more bytes of an answer are not read
     * @return whether all is read; if not, the connection is of no use
     */
    boolean clear(long most) {
        abandonCopy("the connection was given back to its pool");
        dropQueue("the connection was given back to its pool");
        OpenAnswer answer = open;
        if (answer != null && !answer.isDone() && UnfinishedResults.endWhenForgotten(answer.results())) {
            drop(answer, "the connection was given back to its pool while rows of this result were unread");
        } else if (answer != null && !answer.isDone()) {
            boolean read = driver.run(new Clearing(dispatch, answer.results(), most));
            answer.abandon("the connection was given back to its pool while rows of this result were unread");
            if (!read) {
                return false;
            }
        }
        open = null;
        return true;
    }

    private void drop(OpenAnswer answer, String why) {
        answer.abandon(why);
        driver.run(new Ending(dispatch, answer.results()));
        open = null;
    }

    private boolean fitsAside(OpenAnswer answer) {
        if (!driver.run(new SettingAside(dispatch, answer))) {
            return false;
        }
        answer.end();
        open = null;
        return true;
    }
}
