package dev.pgwire.laboratory.capture.network;

import org.jspecify.annotations.Nullable;

/**
 * One segment of TCP.
 *
 * @param time in nanoseconds since 1970
 * @param sequence the number of its first byte
 * @param acknowledged the number of the byte that its sender expects next; says something only with {@link #isAck}
 * @param flags FIN, SYN, RST and ACK among others, as in the header
 * @param bytes where the captured part of its data lies
 * @param from where that begins
 * @param captured how many bytes that is
 * @param size how many bytes its data had on the way, which may be more
 */
public record Segment(
        long time,
        Endpoint source,
        Endpoint target,
        int sequence,
        int acknowledged,
        int flags,
        byte[] bytes,
        int from,
        int captured,
        int size) {
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;
    private static final int LEAST_HEADER = 20;

    /**
     * The segment in the payload of an IP packet.
     *
     * @param size how many bytes the payload had on the way
     * @return null if its header was not captured, or is none
     */
    static @Nullable Segment read(IpPayload payload) {
        byte[] bytes = payload.bytes();
        int at = payload.from();
        if (payload.captured() < LEAST_HEADER) {
            return null;
        }
        int header = (bytes[at + 12] >>> 4 & 0xF) * 4;
        if (header < LEAST_HEADER || header > payload.size()) {
            return null;
        }
        return new Segment(
                payload.time(),
                payload.source().endpoint(Numbers.int16(bytes, at)),
                payload.target().endpoint(Numbers.int16(bytes, at + 2)),
                Numbers.int32(bytes, at + 4),
                Numbers.int32(bytes, at + 8),
                bytes[at + 13] & 0xFF,
                bytes,
                at + Math.min(header, payload.captured()),
                Math.max(0, payload.captured() - header),
                payload.size() - header);
    }

    public boolean isSyn() {
        return (flags & SYN) != 0;
    }

    public boolean isFin() {
        return (flags & FIN) != 0;
    }

    public boolean isReset() {
        return (flags & RST) != 0;
    }

    public boolean isAck() {
        return (flags & ACK) != 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return source + " to " + target + " " + (isSyn() ? "SYN " : "") + (isFin() ? "FIN " : "")
                + (isReset() ? "RST " : "") + Integer.toUnsignedString(sequence) + " "
                + (isAck() ? "ACK " + Integer.toUnsignedString(acknowledged) + " " : "") + captured + " of " + size
                + " bytes";
    }
}
