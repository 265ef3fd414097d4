package dev.pgwire.laboratory.capture.file;

import org.jspecify.annotations.Nullable;

/**
 * One packet of a capture.
 *
 * @param time when it was captured, in nanoseconds since 1970; of a packet without a time, that of the one before
 * @param link what its first bytes are: a number of the registry of link types, such as 1 for Ethernet
 * @param bytes what was captured of it
 * @param length how many bytes it had on its way, which may be more
 */
public record Packet(long time, int link, byte[] bytes, int length) {
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
        return "Packet[time=" + time + ", link=" + link + ", " + bytes.length + " of " + length + " bytes]";
    }
}
