package dev.pgwire.laboratory.capture.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Opens a capture: its first four bytes say what it is. */
public final class CaptureFile {
    private static final int GZIP = 0x1f8b;

    private CaptureFile() {}

    /**
     * The packets of a capture, which is read as they are asked for.
     *
     * @param in read to its end, and not closed
     * @param remarks told of what is wrong with the file, in sentences
     * @throws NoCaptureException if it is neither pcap nor pcapng
     */
    public static PacketSource open(InputStream in, Consumer<String> remarks) throws IOException {
        FileBytes bytes = new FileBytes(in);
        if (bytes.has(2) && bytes.int16(0) == GZIP) {
            bytes = new FileBytes(new GZIPInputStream(bytes.rest()));
        }
        if (!bytes.has(4)) {
            throw new NoCaptureException(bytes.available() + " bytes");
        }
        int magic = bytes.int32(0);
        if (magic == PcapngReader.SECTION) {
            return new PcapngReader(bytes, remarks);
        }
        PcapReader reader = PcapReader.of(magic, bytes, remarks);
        if (reader == null) {
            throw new NoCaptureException(String.format("the first bytes %08x", magic));
        }
        return reader;
    }
}
