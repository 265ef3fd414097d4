package dev.pgwire.internal.net;

import io.netty.channel.IoHandlerContext;

/** How long the I/O handler of a {@link CallerEventLoop} may wait when it finds nothing to do. */
final class SelectTimeout implements IoHandlerContext {
    /** Not at all. */
    static final IoHandlerContext NONE = new IoHandlerContext() {
        @Override
        public boolean canBlock() {
            return false;
        }

        @Override
        public long delayNanos(long now) {
            return 0;
        }

        @Override
        public long deadlineNanos() {
            return -1;
        }
    };

    private final CallerEventLoop loop;
    private long deadline = Wait.NEVER;

    SelectTimeout(CallerEventLoop loop) {
        this.loop = loop;
    }

    /** Sets when the wait is over at the latest: a value of {@link System#nanoTime}, or {@link Wait#NEVER}. */
    SelectTimeout until(long deadline) {
        this.deadline = deadline;
        return this;
    }

    /** An interrupted thread must not block. Netty asks again after a select, and leaves the flag when the answer is no. */
    @Override
    public boolean canBlock() {
        return !loop.hasTasks() && !Thread.currentThread().isInterrupted();
    }

    @Override
    public long delayNanos(long now) {
        long untilDeadline = deadline == Wait.NEVER ? Wait.NEVER : Math.max(0, deadline - now);
        return Math.min(untilDeadline, loop.delayOfNextTask(now, untilDeadline));
    }

    @Override
    public long deadlineNanos() {
        long task = loop.deadlineOfNextTask();
        if (deadline == Wait.NEVER) {
            return task;
        }
        return task == -1 ? deadline : Math.min(task, deadline);
    }
}
