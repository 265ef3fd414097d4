package dev.pgwire.laboratory.proxy;

import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.dialogue.EncryptionAnswer;
import dev.pgwire.protocol.dialogue.Phase;
import dev.pgwire.protocol.dialogue.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One connection through the proxy. Any thread may call, also a {@link Tap}'s. */
public final class Line {
    private final int number;
    private final Traffic traffic;

    Line(int number, Traffic traffic) {
        this.number = number;
        this.traffic = traffic;
    }

    /** 1 for the first connection, also if it asked for nothing but to cancel. */
    public int number() {
        return number;
    }

    /** How far the conversation has come. */
    public Phase phase() {
        return traffic.phase();
    }

    /** The protocol's version; null before the client has named one. */
    public @Nullable ProtocolVersion version() {
        return traffic.version();
    }

    /** What the last ReadyForQuery said; null before the first. */
    public @Nullable TransactionStatus transactionStatus() {
        return traffic.transactionStatus();
    }

    /** How many bytes of this sender have gone on. */
    public long sent(Side side) {
        return traffic.of(side).sent();
    }

    /**
     * Sends messages as if this side had: a {@link Side#BACKEND} message goes to the client. From a tap they go before the message
     * that it decides on.
     *
     * @throws IOException if the line is closed
     */
    public void send(Side as, Message... messages) throws IOException {
        ByteBuf out = Unpooled.buffer();
        for (Message message : messages) {
            message.encode(out);
            if (message instanceof EncryptionAnswer answer) {
                traffic.answered(answer);
            }
        }
        sendRaw(as, ByteBufUtil.getBytes(out));
    }

    /**
     * Sends bytes as if this side had, whatever they are.
     *
     * @throws IOException if the line is closed
     */
    public void sendRaw(Side as, byte... bytes) throws IOException {
        traffic.of(as).inject(bytes);
    }

    /** From here on what this side sends goes on in writes of at most this number of bytes; with 1, every byte by itself. */
    public void split(Side side, int bytesPerWrite) {
        traffic.of(side).split(bytesPerWrite);
    }

    /** From here on nothing of what this side sends goes on, until {@link #resume}. What it has sent fills the buffers of the kernel. */
    public void stall(Side side) {
        traffic.of(side).stall();
    }

    /** Ends what {@link #stall} began. */
    public void resume(Side side) {
        traffic.of(side).resume();
    }

    /**
     * Closes the connection when this number of bytes more of this side has gone on: with 0, in place of the next. To be called while
     * nothing of that side is on its way, if the number is to be exact.
     */
    public void cutAfter(Side side, long bytes) {
        traffic.of(side).cutAfter(bytes, false);
    }

    /** As {@link #cutAfter}, and both sides get a "connection reset". */
    public void resetAfter(Side side, long bytes) {
        traffic.of(side).cutAfter(bytes, true);
    }

    /** Closes the connection of both sides in good order. */
    public void cut() {
        traffic.close(false);
    }

    /** Breaks the connection of both sides off: they get a "connection reset". */
    public void reset() {
        traffic.close(true);
    }

    /** Whether it has ended. */
    public boolean isClosed() {
        return traffic.isClosed();
    }

    @Override
    public String toString() {
        return "connection " + number;
    }
}
