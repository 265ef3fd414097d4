package dev.pgwire.internal.net;

import io.netty.channel.ChannelId;
import java.util.concurrent.atomic.AtomicLong;

/** Tells the sockets of this JVM apart. */
final class SocketId implements ChannelId {
    private static final long serialVersionUID = 1;
    private static final AtomicLong LAST = new AtomicLong();

    private final long number = LAST.incrementAndGet();

    @Override
    public String asShortText() {
        return Long.toHexString(number);
    }

    @Override
    public String asLongText() {
        return "pgwire-" + asShortText();
    }

    @Override
    public int compareTo(ChannelId other) {
        return other instanceof SocketId that
                ? Long.compare(number, that.number)
                : asLongText().compareTo(other.asLongText());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SocketId that && number == that.number;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public String toString() {
        return asShortText();
    }
}
