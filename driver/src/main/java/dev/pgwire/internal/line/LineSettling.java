package dev.pgwire.internal.line;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.Loss;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.Request;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyFail;
import org.jspecify.annotations.Nullable;

/** Brings the session of a line to where all is answered and the server waits for the next request. */
final class LineSettling extends Procedure<@Nullable Void> {
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
                || outstanding.isCopying()
                || outstanding.needsSync();
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
        if (outstanding.isCopying()) {
            request.message(new CopyFail("the raw line has ended"));
        }
        if (outstanding.needsSync()) {
            request.message(Command.SYNC);
        }
        line.sends(request.out());
        send(Flight.ANYTHING);
        return false;
    }
}
