package dev.pgwire.laboratory.capture.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Packets, one after the other. */
public interface PacketSource {
    /**
     * The next packet.
     *
     * @return null at the end, also where the file is cut
     * @throws IOException if the file cannot be read; what it contains is no reason
     */
    @Nullable
    Packet next() throws IOException;
}
