package dev.pgwire.internal.connect;

import dev.pgwire.internal.cancel.CancelDemand;
import dev.pgwire.internal.net.WaitGuard;

/** The waits of one cancel request: they last as long as it is wanted, and put an interrupt off until they are over. */
final class CancelGuard implements WaitGuard {
    private final CancelDemand demand;
    private boolean interrupted = Thread.interrupted();
    private boolean sent;

    CancelGuard(CancelDemand demand) {
        this.demand = demand;
    }

    /** From now on the request may arrive. */
    void sends() {
        sent = true;
    }

    /** The waits are over: the thread gets its interrupt back. */
    void end() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void interrupted() {
        interrupted = true;
    }

    @Override
    public void check() {
        if (!(sent ? demand.awaitsEnd() : demand.wantsRequest())) {
            throw new NotWanted();
        }
    }

    /** The request is not wanted any more. Never leaves this package. */
    static final class NotWanted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotWanted() {
            super("it was not waited for any longer");
        }
    }
}
