package dev.pgwire.internal.line;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Sends what a program wants, when there is room; what comes meanwhile is kept. */
final class LineSending extends Procedure<@Nullable Void> {
    private final OpenLine line;
    private final ByteBuf bytes;
    private boolean sent;

    LineSending(Dispatch dispatch, OpenLine line, ByteBuf bytes) {
        super(dispatch);
        this.line = line;
        this.bytes = bytes;
    }

    @Override
    protected boolean ready() {
        return dispatch().transport().hasRoom();
    }

    @Override
    protected boolean proceed() {
        if (sent) {
            return over(null);
        }
        sent = true;
        dispatch().transport().checkOpen();
        dispatch().bareRequest().out().writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        send(Flight.ANYTHING);
        return false;
    }

    /** Only what was sent is waited for at the end of the line, not what was refused. */
    @Override
    protected boolean sends() {
        boolean left = super.sends();
        if (left) {
            line.sends(bytes);
        }
        return left;
    }

    @Override
    protected void ended() {
        bytes.release();
    }
}
