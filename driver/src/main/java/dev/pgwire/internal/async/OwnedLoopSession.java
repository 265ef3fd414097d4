package dev.pgwire.internal.async;

import dev.pgwire.internal.leak.Birth;
import dev.pgwire.internal.session.LoopSession;

/** A session on a shared event loop, as it is looked after when the program has forgotten it: on the loop's thread. */
record OwnedLoopSession(LoopSession session) implements Birth.Owned {
    @Override
    public void look(Runnable how) {
        session.onLoop(how);
    }

    /** Futures and subscribers need no connection object; a listener may hear of notices that come unasked. */
    @Override
    public boolean isInUse() {
        return !session.isClosed() && (session.isInUse() || session.server().hasListener());
    }

    @Override
    public boolean isClosed() {
        return session.isClosed();
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public String shown() {
        return session.info().shown(session.processId());
    }
}
