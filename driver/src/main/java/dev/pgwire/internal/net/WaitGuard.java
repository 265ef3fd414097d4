package dev.pgwire.internal.net;

/** Says while a wait lasts whether it may go on, and takes the interrupts of its thread. */
public interface WaitGuard {
    /** Called every few milliseconds. What it throws ends the wait, and no later wait calls it. */
    void check();

    /** The thread was interrupted. The wait goes on. */
    void interrupted();
}
