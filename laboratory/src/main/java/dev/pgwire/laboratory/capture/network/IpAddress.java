package dev.pgwire.laboratory.capture.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An address, still in the packet. */
record IpAddress(byte[] bytes, int from, int length) {
    Endpoint endpoint(int port) {
        return Endpoint.of(bytes, from, length, port);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress that
                && Arrays.equals(bytes, from, from + length, that.bytes, that.from, that.from + that.length);
    }

    @Override
    public int hashCode() {
        return endpoint(0).hashCode();
    }

    @Override
    public String toString() {
        return endpoint(0).address();
    }
}
