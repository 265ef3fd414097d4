package dev.pgwire.internal.net;

/** What is done while an answer does not come. Called on the thread that waits for it. */
public interface Patience {
    /** Nothing is to be done, however long it takes. */
    long NEVER = Long.MAX_VALUE;

    /** When {@link #expired} wants to be called: a value of {@link System#nanoTime}, or {@link #NEVER}. */
    long until();

    /** That time has come. The wait goes on afterwards, until its goal is reached. */
    void expired();

    /** The thread was interrupted. The wait goes on afterwards, and restores the thread's flag when it ends. */
    void interrupted();
}
