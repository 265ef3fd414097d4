package dev.pgwire.internal.pool;

// HOT: one for each borrower

import dev.pgwire.error.PgException;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a borrower has to do with a pool: it waits for a connection, has it, gives it back.
 *
 * @param <H> what is lent
 */
public class Loan<H extends Held> {
    private final Thread borrower = Thread.currentThread();
    private final long askedAt;
    private final long until;
    private final Face face;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Slot<H> slot;
    private volatile @Nullable PgException refusal;
    private volatile boolean called;
    /** What the program holds; when it is unreachable, the loan is as good as over. */
    private @Nullable WeakReference<Object> user;

    private @Nullable Throwable birth;
    private @Nullable String sql;
    private boolean reported;
    private boolean suspected;
    private long servedAt;

    /**
     * A borrower.
     *
     * @param until how long it waits
     */
    Loan(long askedAt, long until, Face face) {
        this.askedAt = askedAt;
        this.until = until;
        this.face = face;
    }

    /** How the borrower will use it. */
    final Face face() {
        return face;
    }

    /** What is lent. */
    public H held() {
        return slot().held();
    }

    Slot<H> slot() {
        Slot<H> served = slot;
        if (served == null) {
            throw new IllegalStateException("nothing is lent, expected a borrower that was served");
        }
        return served;
    }

    /** Whether it was given back, or taken back. */
    public boolean isOver() {
        return over.get();
    }

    /** Ends it; returns whether it was not over before. What is lent is then the caller's to clean and to give back. */
    public boolean end() {
        return over.compareAndSet(false, true);
    }

    /** A statement is run; the first one is shown where the holders of connections are listed. */
    public void runs(String text) {
        if (sql == null) {
            sql = text;
        }
    }

    /** Says what the program holds as long as it has the connection. */
    public void heldBy(Object user) {
        this.user = new WeakReference<>(user);
    }

    /** Whether the program has forgotten what it holds. */
    boolean isForgotten() {
        WeakReference<Object> held = user;
        return held != null && held.refersTo(null);
    }

    /** Takes note that it may be forgotten; returns whether that was noted before. */
    boolean suspect() {
        boolean before = suspected;
        suspected = true;
        return before;
    }

    /** Keeps the stack of the borrower. */
    void keepStack(String text) {
        birth = new Throwable(text);
    }

    /** Where it was borrowed; null if that was not kept. */
    @Nullable
    Throwable birth() {
        return birth;
    }

    /** Takes note that it is reported as a leak; returns whether it was not before. */
    boolean report() {
        boolean news = !reported;
        reported = true;
        return news;
    }

    /** The first statement that was run. */
    @Nullable
    String sql() {
        return sql;
    }

    /** When the borrower has asked. */
    long askedAt() {
        return askedAt;
    }

    /** How long the borrower waits. */
    long until() {
        return until;
    }

    /** Since when it is served. */
    long servedAt() {
        return servedAt;
    }

    /** The name of the thread that has asked; most virtual threads have none. */
    String borrower() {
        String name = borrower.getName();
        return name.isEmpty() ? borrower.toString() : name;
    }

    /** It is served; {@link #wake} is to follow if the borrower waits. */
    void serve(Slot<H> with, long now) {
        with.lend(this);
        servedAt = now;
        slot = with;
    }

    /** It is served no more: what it got was no good. */
    void unserve() {
        slot = null;
    }

    /** It will not be served; {@link #wake} is to follow. */
    void refuse(PgException why) {
        refusal = why;
    }

    @Nullable
    PgException refusal() {
        return refusal;
    }

    /** Has it fetch a connection that may be there; {@link #wake} is to follow. Returns whether it was not called before. */
    boolean call() {
        boolean news = !called;
        called = true;
        return news;
    }

    /** It has come, or need not any more; returns whether it was called. */
    boolean uncall() {
        boolean was = called;
        called = false;
        return was;
    }

    /** Whether it is to look whether there is a connection. */
    boolean isCalled() {
        return called;
    }

    /** Whether the wait is over. */
    boolean isDecided() {
        return slot != null || refusal != null;
    }

    /** Something has been decided, or may be fetched: the borrower is to look. */
    void wake() {
        LockSupport.unpark(borrower);
    }
}
