package dev.pgwire.internal.net;

// HOT: see DataRowBenchmark

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.trace.WireTrace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream into frames by their lengths, and passes each one on: a DataRow as a window over the received bytes, any
 * other as a message. The bytes are put into one array after the other; the rows of a large result stay in them.
 */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {
    private static final int HEADER = 5;
    private static final int FIRST_SIZE = 16 * 1024;
    private static final int LARGEST_SIZE = 256 * 1024;
    /** Below this no exchange has a limit of its own. */
    private static final int UNSUSPICIOUS = 2_000;

    private final Conversation conversation;
    private final @Nullable WireTrace trace;
    private final DataRow row = new DataRow();
    private byte[] bytes = new byte[FIRST_SIZE];
    private ByteBuf view = Unpooled.wrappedBuffer(bytes);
    /** Where the next frame begins, and where the received bytes end. */
    private int at;

    private int end;
    private int nextSize = 64 * 1024;

    /** A decoder before the first byte, which traces what it receives if there is a trace. */
    public FrameDecoder(Conversation conversation, @Nullable WireTrace trace) {
        this.conversation = conversation;
        this.trace = trace;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf received = (ByteBuf) message;
        try {
            while (received.isReadable() && conversation.ended() == null) {
                if (end == bytes.length) {
                    makeRoom();
                }
                int part = Math.min(received.readableBytes(), bytes.length - end);
                received.readBytes(bytes, end, part);
                end += part;
                decode();
            }
            conversation.pause();
            if (at == end && !conversation.hasTaken(bytes)) {
                at = 0;
                end = 0;
            }
        } catch (ProtocolViolation violation) {
            conversation.end(new ProtocolViolationException(violation));
            context.close();
        } catch (PgException refused) {
            conversation.end(refused);
            context.close();
        } finally {
            received.release();
        }
    }

    private void decode() {
        while (end - at >= HEADER) {
            byte tag = bytes[at];
            int length = lengthAt(at + 1);
            if (length < 4) {
                throw new ProtocolViolation(
                        "message " + describe(tag) + " claims a length of " + length + ", expected at least 4");
            }
            int body = length - 4;
            if (body > UNSUSPICIOUS && body > conversation.maxBody(tag)) {
                throw new ProtocolViolation("message " + describe(tag) + " claims a body of " + body
                        + " bytes, expected at most " + conversation.maxBody(tag));
            }
            if (end - at - HEADER < body) {
                return;
            }
            int start = at + HEADER;
            at = start + body;
            view.setIndex(start, at);
            if (trace != null) {
                trace.backend(tag, view);
            }
            if (tag == 'D') {
                conversation.row(row.window(view, start, body));
            } else {
                conversation.receive(BackendDecoder.decode(tag, view));
            }
        }
    }

    /**
     * Makes room behind the received bytes: at the front of the array if nobody else needs it, else in a new one. It grows
     * with what has been received, never with what a length claims.
     */
    private void makeRoom() {
        conversation.pause();
        int pending = end - at;
        boolean free = !conversation.hasTaken(bytes);
        if (free && at > 0) {
            System.arraycopy(bytes, at, bytes, 0, pending);
        } else {
            byte[] larger = new byte[Math.max(nextSize, Math.addExact(pending, pending))];
            nextSize = Math.min(nextSize * 2, LARGEST_SIZE);
            System.arraycopy(bytes, at, larger, 0, pending);
            bytes = larger;
            view = Unpooled.wrappedBuffer(larger);
        }
        at = 0;
        end = pending;
    }

    private int lengthAt(int index) {
        return bytes[index] << 24
                | (bytes[index + 1] & 0xff) << 16
                | (bytes[index + 2] & 0xff) << 8
                | (bytes[index + 3] & 0xff);
    }

    private static String describe(byte tag) {
        return tag > ' ' && tag < 0x7f ? "'" + (char) tag + "'" : "0x" + Integer.toHexString(tag & 0xff);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        conversation.pause();
        conversation.end(new ConnectionFailureException("the server closed the connection", null));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        conversation.end(new ConnectionFailureException("the connection broke: " + cause.getMessage(), cause));
        context.close();
    }
}
