package dev.pgwire.internal.exchange;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.UnknownMessage;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.ReadyForQuery;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Whatever the server says while a program speaks the protocol itself. It understands nothing, and passes on each message in its
 * order, also those that may come at any time; the conversation does with these what it always does.
 */
public final class LineExchange extends Exchange {
    /** Who takes what comes. */
    public interface Inbox {
        /** A message came. */
        void came(Message message);

        /** Whether rows are wanted; else they are passed over. */
        boolean takesRows();

        /** Whether more is to come for what was sent, behind the last message. */
        boolean goesOn();

        /** Nothing more will come. */
        void lost(PgException cause);

        /** ReadyForQuery came, with which the exchange leaves the queue: it is to be queued again. */
        void again(LineExchange exchange);
    }

    private final Inbox inbox;

    public LineExchange(Inbox inbox) {
        this.inbox = inbox;
    }

    /** Sees all messages but rows, before anything is done with them. */
    @Override
    protected boolean admits(BackendMessage message) {
        inbox.came(message);
        return true;
    }

    @Override
    protected @Nullable BackendMessage decode(byte tag, ByteBuf body) {
        if (BackendDecoder.isKnown(tag)) {
            return BackendDecoder.decode(tag, body);
        }
        inbox.came(new UnknownMessage(tag, ByteBufUtil.getBytes(body)));
        return null;
    }

    @Override
    protected boolean receive(BackendMessage message) {
        if (message instanceof ReadyForQuery) {
            inbox.again(this);
            return true;
        }
        return false;
    }

    @Override
    protected int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        ByteBuf all = Unpooled.wrappedBuffer(bytes, 0, to);
        boolean isTaking = inbox.takesRows();
        int at = from;
        while (to - at >= Wire.HEADER && bytes[at] == DataRow.TAG) {
            int frame = 1 + all.getInt(at + 1);
            if (frame < Wire.HEADER || frame > to - at) {
                break;
            }
            if (isTaking) {
                inbox.came(DataRow.read(all.slice(at + Wire.HEADER, frame - Wire.HEADER)));
            }
            at += frame;
        }
        return at;
    }

    /** The error has come as a message. */
    @Override
    protected void fail(PgException cause) {}

    @Override
    protected void lost(PgException cause) {
        inbox.lost(cause);
    }

    @Override
    protected boolean goesOn() {
        return inbox.goesOn();
    }

    @Override
    protected boolean endsSegment() {
        return true;
    }
}
