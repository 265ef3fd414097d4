package dev.pgwire.internal.line;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.Loss;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.Request;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Target;
import org.jspecify.annotations.Nullable;

/** Brings the session of a line to where all is answered and the server waits for the next request. */
final class LineSettling extends Procedure<@Nullable Void> {
    /** No portal has this name; a Close of what is not there is answered as any. */
    private static final Close CLOSE = new Close(Target.PORTAL, "pgwire raw line");

    private final OpenLine line;

    LineSettling(Dispatch dispatch, OpenLine line) {
        super(dispatch);
        this.line = line;
    }

    @Override
    protected boolean ready() {
        Outstanding outstanding = line.outstanding();
        return line.lost() != null
                || outstanding.isQuiet()
                || outstanding.isBeyondHelp()
                || !outstanding.isBehindBarrier()
                        && (outstanding.isCopying() || outstanding.needsSync() || outstanding.needsBarrier());
    }

    @Override
    protected boolean proceed() {
        PgException lost = line.lost();
        line.checkFrames();
        if (lost != null) {
            throw Loss.later(lost);
        }
        Outstanding outstanding = line.outstanding();
        if (outstanding.isQuiet()) {
            return over(null);
        }
        Request request = dispatch().bareRequest();
        boolean needsBarrier = outstanding.needsBarrier();
        if (needsBarrier || outstanding.isCopying()) {
            request.message(new CopyFail("the raw line has ended"));
        }
        if (needsBarrier || outstanding.needsSync()) {
            request.message(Command.SYNC);
        }
        if (needsBarrier) {
            for (int closes = outstanding.barrier(); closes > 0; closes--) {
                request.message(CLOSE);
            }
            request.message(Command.SYNC);
        }
        line.sends(request.out());
        send(Flight.ANYTHING);
        return false;
    }
}
