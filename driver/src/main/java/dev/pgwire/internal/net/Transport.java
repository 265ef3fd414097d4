package dev.pgwire.internal.net;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.Exchange;
import dev.pgwire.internal.exchange.Loss;
import dev.pgwire.internal.exchange.Outgoing;
import dev.pgwire.internal.tls.record.TlsRecords;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.trace.WireTrace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection as those see it that write and read: a buffer to write requests into, a queue for what understands the
 * answers, a way to send. Only one thread at a time uses it: the one whose turn it is, or that of the event loop.
 */
public final class Transport implements Outgoing {
    private static final int USUAL_REQUEST = 8 * 1024;
    /** A larger buffer is not kept for the next request. */
    private static final int LARGEST_KEPT = 1024 * 1024;
    /** With more than this nothing is gained by waiting for what comes behind it. */
    private static final int MOST_GATHERED = 64 * 1024;

    private final Channel channel;
    /** The channel, if it is one that can be written to past its pipeline. */
    private final @Nullable Socket socket;

    private final ReceiveBuffer received;
    private final Conversation conversation;
    private final @Nullable WireTrace trace;
    private ByteBuf request = Unpooled.directBuffer(USUAL_REQUEST);
    /** What is to be sent in one write with what comes behind it; null where each request is sent at once. */
    private @Nullable ByteBuf gathered;
    /** Takes turns with it; null while the socket holds it. */
    private @Nullable ByteBuf spare;

    /** What encrypts all that is sent; null if it is sent in the clear. */
    private @Nullable TlsRecords tls;

    private volatile boolean closed;

    Transport(Channel channel, ReceiveBuffer received, Conversation conversation, @Nullable WireTrace trace) {
        this.channel = channel;
        this.socket = channel instanceof Socket direct ? direct : null;
        this.received = received;
        this.conversation = conversation;
        this.trace = trace;
    }

    /**
     * An empty buffer for the next request. It stays this transport's own: what is written and never sent costs the server
     * nothing.
     *
     * @throws PgException if it is gone with the connection, which was closed while the caller was away
     */
    public ByteBuf request() {
        if (request.refCnt() == 1 && request.capacity() <= LARGEST_KEPT) {
            request.clear();
        } else {
            if (request.refCnt() == 0) {
                checkOpen();
            }
            // The socket still holds the last one.
            request.release();
            request = Unpooled.directBuffer(USUAL_REQUEST);
        }
        return request;
    }

    /** Queues an exchange, to be followed by {@link #flush}. */
    public void expect(Exchange exchange) {
        conversation.add(exchange);
    }

    /** An exchange that was queued waits no longer. */
    public void withdraw(Exchange exchange) {
        conversation.withdraw(exchange);
    }

    /** What an exchange asks for is not sent: it fails as if the connection were lost. */
    public void refuse(Exchange exchange, PgException cause) {
        conversation.refuse(exchange, cause);
    }

    /** Sends what was written into the request buffer, in one write. */
    public void flush() {
        if (trace != null) {
            trace.frontend(request);
        }
        leave(request);
    }

    @Override
    public void send(FrontendMessage... messages) {
        ByteBuf out = Unpooled.directBuffer();
        try {
            for (FrontendMessage message : messages) {
                message.encode(out);
            }
            if (trace != null) {
                trace.frontend(out);
            }
            leave(out);
        } finally {
            out.release();
        }
    }

    /** From now on all that is sent is encrypted. */
    void encryptBy(TlsRecords records) {
        tls = records;
    }

    /** Whether what is sent is encrypted. */
    boolean isEncrypted() {
        return tls != null;
    }

    /** From now on requests are kept, to be sent by {@link #sendGathered} in one write. */
    public void gathers() {
        gathered = Unpooled.directBuffer(USUAL_REQUEST);
    }

    /** Sends the requests that were kept. */
    public void sendGathered() {
        ByteBuf kept = gathered;
        if (kept == null || !kept.isReadable()) {
            return;
        }
        // What is told of full sockets may write meanwhile.
        ByteBuf free = spare;
        spare = null;
        gathered = free != null ? free : Unpooled.directBuffer(USUAL_REQUEST);
        write(kept);
        if (kept.refCnt() == 1 && spare == null) {
            spare = kept.clear();
        } else {
            // The socket still holds them.
            kept.release();
        }
    }

    private void leave(ByteBuf bytes) {
        ByteBuf kept = gathered;
        if (kept == null) {
            write(bytes);
            return;
        }
        if (kept.readableBytes() + bytes.readableBytes() > MOST_GATHERED) {
            sendGathered();
        }
        if (bytes.readableBytes() > MOST_GATHERED) {
            write(bytes);
        } else {
            // The buffer may be another one now.
            Objects.requireNonNull(gathered).writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        }
    }

    private void write(ByteBuf bytes) {
        Socket direct = socket;
        TlsRecords encrypting = tls;
        if (encrypting != null) {
            try {
                encrypting.send(bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()));
            } catch (IOException failure) {
                channel.pipeline().fireExceptionCaught(failure);
            }
        } else if (direct != null) {
            direct.send(bytes);
        } else {
            channel.writeAndFlush(bytes.retain(), channel.voidPromise());
        }
    }

    /** A reader waits for rows: those that came so far go to their results. */
    public void deliver() {
        conversation.deliver();
    }

    /** How many bytes the rows took on the wire that came and were not yet delivered. */
    public int undeliveredBytes() {
        return conversation.undeliveredBytes();
    }

    /** Whether nothing that was sent waits for an answer. */
    public boolean isQuiet() {
        return conversation.isQuiet();
    }

    /** Whether more may be sent: the socket keeps up, or is gone and takes nothing any more. */
    public boolean hasRoom() {
        return channel.isWritable() || conversation.ended() != null;
    }

    /** Why the connection is of no use any more, or null while it is. */
    public @Nullable PgException broken() {
        return conversation.ended();
    }

    /**
     * Checks that the connection can still be used.
     *
     * @throws InterfaceException if it was closed
     * @throws PgException why it was lost, as the first who noticed was told it
     */
    public void checkOpen() {
        if (closed) {
            throw new InterfaceException("the connection is closed, expected an open one");
        }
        PgException broken = broken();
        if (broken != null) {
            throw Loss.later(broken);
        }
    }

    /** Whether the connection was closed by its user, or never came about. */
    public boolean isClosed() {
        return closed;
    }

    /** From now on the connection counts as closed. May be called by any thread. */
    void markClosed() {
        closed = true;
    }

    /** Says goodbye to the server, if it still listens; all that waits for an answer fails. */
    void hangUp() {
        if (conversation.ended() == null && channel.isActive()) {
            send(Command.TERMINATE);
            sendGathered();
        }
        conversation.close(new ConnectionFailureException("the connection was closed", null));
        shut();
    }

    /** Gives the connection up: all that waits for an answer fails. */
    public void breakOff(PgException cause) {
        conversation.end(cause);
        shut();
    }

    private void shut() {
        if (tls != null && channel.isActive()) {
            tls.close();
        }
        channel.close();
    }

    Channel channel() {
        return channel;
    }

    ReceiveBuffer received() {
        return received;
    }

    /** The end of the channel. */
    ChannelFuture closing() {
        return channel.close();
    }

    /** Gives its memory back; the last that is called. */
    void release() {
        received.release();
        if (request.refCnt() > 0) {
            request.release();
        }
        release(gathered);
        release(spare);
    }

    private static void release(@Nullable ByteBuf buffer) {
        if (buffer != null && buffer.refCnt() > 0) {
            buffer.release();
        }
    }
}
