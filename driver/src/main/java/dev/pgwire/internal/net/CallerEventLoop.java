package dev.pgwire.internal.net;

// HOT: entered, driven and left by every round trip

import dev.pgwire.config.SocketTransport;
import dev.pgwire.internal.loop.SocketSelector;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An event loop without a thread of its own: the thread that has entered it drives it, so a blocking call does its I/O on the
 * caller's thread and is never handed to another. One loop belongs to one connection; threads that want it queue. It runs
 * tasks, and has no clock to run them later.
 *
 * <p>Netty's own {@code ManualIoEventLoop} belongs to one thread for ever, while many threads use a connection in turn. The lock
 * gives each of them a view of what the one before did, which is all that a selector asks for.
 */
public final class CallerEventLoop extends AbstractEventExecutor implements IoEventLoop {
    private static final long GLANCE = 5_000_000L;

    /** This number of reads gives more than a socket keeps for a thread that was away. */
    private static final int MOST_READS = 256;

    private static final Runnable NOTHING = new Runnable() {
        @Override
        public void run() {}
    };

    private final Turn turn = new Turn(this);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** What those who asked wait for; nearly never is there one, and its class brings twenty others. */
    private final AtomicReference<@Nullable Termination> termination = new AtomicReference<>();

    private final Gathering gathering = new Gathering();
    private final SocketSelector selector;
    private volatile boolean shuttingDown;
    private volatile boolean terminated;
    private @Nullable WaitGuard guard;
    /** What is read past its pipeline, if no handler in that wants to see the bytes. */
    private @Nullable Socket direct;
    /** Has waits begin awake; null if they all sleep. */
    private @Nullable BusyWait busy;

    /** A loop that nothing is registered with; it fails as {@link SocketSelector#of} does. */
    CallerEventLoop(SocketTransport transport) {
        selector = SocketSelector.of(transport, this);
    }

    /**
     * Takes the loop for the current thread; waits while another has it.
     *
     * @throws IllegalStateException if this thread has it already: a callback tried to block on its own connection
     */
    void enter() {
        refuseReentry();
        // Written out: a class that has no part in a round trip need not be warm.
        if (turn.hasQueuedThreads() || !turn.tryLock()) {
            turn.queue();
        }
        if (turn.away != null) {
            turn.awaitBack();
        }
    }

    /** Whose turn it is. */
    Turn turn() {
        return turn;
    }

    /** As {@link #enter}, but does not wait; returns whether the loop was free. */
    boolean tryEnter() {
        refuseReentry();
        return turn.tryEnter();
    }

    /**
     * Checks that this is no callback of the connection.
     *
     * @throws IllegalStateException if it is
     */
    void refuseReentry() {
        if (turn.isHeldByCurrentThread() || turn.away == Thread.currentThread()) {
            throw new IllegalStateException("a blocking call was made from inside a callback of the same connection,"
                    + " where it would wait for itself; expected it after the callback has returned, or on another"
                    + " connection");
        }
    }

    /** Gives the loop back. */
    void exit() {
        turn.unlock();
    }

    /** Has what comes for a socket given to its reader at once, or to the handlers in its pipeline if it is null. */
    void readsDirectly(@Nullable Socket socket) {
        direct = socket;
    }

    /** Does I/O and runs tasks until a goal is reached. The current thread must have entered. */
    Wait driveUntil(BooleanSupplier goal) {
        return driveUntil(goal, Wait.NEVER);
    }

    /**
     * Does I/O and runs tasks until a goal is reached or a time has come. A thread that was away over that time, as for a
     * collection, may find its goal in the socket: what has come is read before the time is called over.
     *
     * @param deadline a value of {@link System#nanoTime}
     */
    Wait driveUntil(BooleanSupplier goal, long deadline) {
        if (guard != null) {
            return driveUntil(goal, deadline, guard);
        }
        while (!goal.getAsBoolean()) {
            if (Thread.interrupted()) {
                return Wait.INTERRUPTED;
            }
            if (deadline != Wait.NEVER && deadline - System.nanoTime() <= 0) {
                return catchUp(goal) ? Wait.READY : Wait.TIMED_OUT;
            }
            gathering.pause();
            // Written out: a compiler that finds a method of it hot, too, compiles all that it does twice.
            if (busy == null || !looks(busy, deadline)) {
                serve(tasks.isEmpty() ? selector.await(deadline) : selector.look());
            }
        }
        return Wait.READY;
    }

    private Wait driveUntil(BooleanSupplier goal, long deadline, WaitGuard guard) {
        while (!goal.getAsBoolean()) {
            if (Thread.interrupted()) {
                guard.interrupted();
            }
            long now = System.nanoTime();
            if (deadline != Wait.NEVER && deadline - now <= 0) {
                return catchUp(goal) ? Wait.READY : Wait.TIMED_OUT;
            }
            boolean soon = deadline != Wait.NEVER && deadline - now < GLANCE;
            serve(tasks.isEmpty() ? selector.await(soon ? deadline : now + GLANCE) : selector.look());
            if (goal.getAsBoolean()) {
                return Wait.READY;
            }
            try {
                guard.check();
            } catch (RuntimeException over) {
                if (catchUp(goal)) {
                    return Wait.READY;
                }
                this.guard = null;
                throw over;
            }
        }
        return Wait.READY;
    }

    /** Has the waits that follow ask a guard whether they may go on. */
    void guardWaits(WaitGuard guard) {
        this.guard = guard;
    }

    /** Has the waits that follow look for what they wait for, for this time, before they sleep. */
    void lookAwake(Duration limit) {
        busy = BusyWait.of(limit);
    }

    /** What this loop's channel received last, which its waits depend on. */
    Gathering gathering() {
        return gathering;
    }

    /** Does what can be done without waiting. */
    void driveNow() {
        // Who was away may find that the loop has ended, and its selector is no more.
        if (!terminated) {
            serve(selector.look());
        }
    }

    /** Reads what has come, until a goal is reached or there is nothing more, without waiting; returns whether it is reached. */
    boolean catchUp(BooleanSupplier goal) {
        for (int reads = 0; reads < MOST_READS && !terminated && !goal.getAsBoolean(); reads++) {
            int ready = selector.look();
            serve(ready);
            if (ready == 0 && tasks.isEmpty()) {
                break;
            }
        }
        return goal.getAsBoolean();
    }

    /** Looks at the socket again and again; returns whether something was read. */
    private boolean looks(BusyWait wait, long deadline) {
        Socket socket = direct;
        if (socket == null || !socket.isOpen() || !socket.isClear() || gathering.isLong()) {
            return false;
        }
        long now = System.nanoTime();
        long until = wait.begin(now);
        if (until == now) {
            return false;
        }
        if (deadline != Wait.NEVER && deadline - until < 0) {
            until = deadline;
        }
        do {
            boolean something = socket.receive();
            now = System.nanoTime();
            if (something) {
                wait.found(now);
                runTasks();
                return true;
            }
            Thread.onSpinWait();
        } while (now - until < 0 && tasks.isEmpty() && !Thread.currentThread().isInterrupted());
        wait.gaveUp(now);
        return false;
    }

    private void serve(int ready) {
        Socket straight = direct;
        if (straight != null && ready == SocketSelector.READ) {
            straight.receive();
        } else if (ready != 0) {
            selector.handle(ready);
        }
        if (!tasks.isEmpty()) {
            runTasks();
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            safeExecute(task);
        }
    }

    /** Closes the selector. The current thread must have entered; channels should be closed before. */
    void destroy() {
        if (terminated) {
            return;
        }
        shuttingDown = true;
        runTasks();
        selector.close();
        runTasks();
        terminated = true;
        turn.wakeAll();
        Termination.tell(termination.get());
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return turn.isHeldBy(thread);
    }

    @Override
    public void execute(Runnable task) {
        if (terminated) {
            throw new RejectedExecutionException("the connection is closed");
        }
        interrupt(task);
    }

    /** Has the thread that drives the loop look at its goal again. */
    void wake() {
        interrupt(NOTHING);
    }

    /** Has the thread that drives the loop run a task; nothing happens if the loop has ended. */
    void interrupt(Runnable task) {
        if (!terminated) {
            tasks.add(task);
            if (!turn.isHeldByCurrentThread()) {
                selector.wakeup();
            }
        }
    }

    @Override
    public IoEventLoop next() {
        return this;
    }

    @Override
    public @Nullable IoEventLoopGroup parent() {
        return null;
    }

    @Override
    public Future<IoRegistration> register(IoHandle handle) {
        Promise<IoRegistration> promise = newPromise();
        if (inEventLoop()) {
            registerNow(handle, promise);
        } else {
            execute(() -> registerNow(handle, promise));
        }
        return promise;
    }

    private void registerNow(IoHandle handle, Promise<IoRegistration> promise) {
        try {
            promise.setSuccess(selector.register(handle));
        } catch (Exception failure) {
            promise.setFailure(failure);
        }
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel) {
        return register(new DefaultChannelPromise(channel, this));
    }

    @Override
    @Deprecated
    public ChannelFuture register(ChannelPromise promise) {
        return register(promise.channel(), promise);
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        channel.unsafe().register(this, promise);
        return promise;
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return selector.isCompatible(handleType);
    }

    /** There is no handler: the loop does the I/O itself. */
    @Override
    public boolean isIoType(Class<? extends IoHandler> handlerType) {
        return false;
    }

    /** The loop ends with its connection, by {@link #destroy}, and in no other way. */
    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("the loop belongs to its connection, expected Connection.close");
    }

    @Override
    @Deprecated
    public void shutdown() {
        throw new UnsupportedOperationException("the loop belongs to its connection, expected Connection.close");
    }

    @Override
    public Future<?> terminationFuture() {
        Termination first = new Termination();
        Termination other = termination.compareAndExchange(null, first);
        Termination end = other == null ? first : other;
        if (terminated) {
            end.trySuccess(null);
        }
        return end;
    }

    @Override
    public boolean isShuttingDown() {
        return shuttingDown;
    }

    @Override
    public boolean isShutdown() {
        return shuttingDown;
    }

    @Override
    public boolean isTerminated() {
        return terminated;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return terminationFuture().await(timeout, unit);
    }
}
