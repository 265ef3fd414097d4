package dev.pgwire.laboratory.capture.file;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of pcap: a header, then records.
 *
 * <pre>
 * Int32 a1b2c3d4 for microseconds, a1b23c4d for nanoseconds; Int16, Int16 version; Int32, Int32 nothing;
 * Int32 the longest record; Int32 link type, in the lower 16 bits
 * { Int32 seconds, Int32 fraction, Int32 bytes captured, Int32 bytes on the way, Byten }...
 * </pre>
 */
final class PcapReader implements PacketSource {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int HEADER = 24;
    private static final int RECORD = 16;
    private static final int LINK_TYPE = 20;
    private static final int LINK_TYPE_BITS = 0xFFFF;
    /** The longest record that is believed: the most that libpcap captures of a packet. */
    private static final int MOST = 256 * 1024;
    /** How far behind damage the next record is looked for at a time. */
    private static final int WINDOW = 2 * MOST;

    private static final long DAY = 24 * 60 * 60;

    private final FileBytes bytes;
    private final Consumer<String> remarks;
    private final int fractions;
    private int link = -1;
    private long seconds = -1;
    private boolean ended;

    private PcapReader(FileBytes bytes, Consumer<String> remarks, int fractions) {
        this.bytes = bytes;
        this.remarks = remarks;
        this.fractions = fractions;
    }

    /** Null if this is not how a file of pcap begins. */
    static @Nullable PcapReader of(int magic, FileBytes bytes, Consumer<String> remarks) {
        int reversed = Integer.reverseBytes(magic);
        bytes.littleEndian(reversed == MICROSECONDS || reversed == NANOSECONDS);
        if (magic == MICROSECONDS || reversed == MICROSECONDS) {
            return new PcapReader(bytes, remarks, 1_000_000);
        }
        return magic == NANOSECONDS || reversed == NANOSECONDS ? new PcapReader(bytes, remarks, 1_000_000_000) : null;
    }

    @Override
    public @Nullable Packet next() throws IOException {
        if (link < 0 && !ended) {
            readHeader();
        }
        while (!ended && bytes.has(1)) {
            if (!bytes.has(RECORD)) {
                return cut("the header of a packet");
            }
            int captured = bytes.int32(8);
            if (!isPlausible(0)) {
                if (!findRecord(RECORD, "the header of a packet makes no sense")) {
                    return null;
                }
            } else if (bytes.has(RECORD + captured)) {
                return take(captured);
            } else if (!findRecord(1, null)) {
                return cut("a packet of " + captured + " bytes");
            }
        }
        return null;
    }

    private void readHeader() throws IOException {
        if (!bytes.has(HEADER)) {
            cut("the file's own header");
            return;
        }
        link = bytes.int32(LINK_TYPE) & LINK_TYPE_BITS;
        bytes.skip(HEADER);
    }

    private Packet take(int captured) throws IOException {
        seconds = bytes.unsigned32(0);
        long time = seconds * 1_000_000_000 + bytes.unsigned32(4) * (1_000_000_000 / fractions);
        Packet packet = new Packet(time, link, bytes.copy(RECORD, captured), Math.max(captured, bytes.int32(12)));
        bytes.skip(RECORD + captured);
        return packet;
    }

    private @Nullable Packet cut(String what) throws IOException {
        ended = true;
        remarks.accept(
                "the file ends in the middle of " + what + ", at byte " + (bytes.position() + bytes.available()));
        return null;
    }

    private boolean isPlausible(int at) {
        int captured = bytes.int32(at + 8);
        return captured >= 0 && captured <= MOST && bytes.unsigned32(at + 4) < fractions && bytes.int32(at + 12) >= 0;
    }

    /** Whether a record could begin here that belongs to those before it. */
    private boolean isRecord(int at) {
        return isPlausible(at)
                && bytes.int32(at + 8) > 0
                && bytes.int32(at + 8) <= bytes.int32(at + 12)
                && bytes.int32(at + 12) <= MOST
                && (seconds < 0 || Math.abs(bytes.unsigned32(at) - seconds) < DAY);
    }

    /**
     * Goes on to where a record and another behind it can be read.
     *
     * @param word what is said of the bytes between; null to stay where no such record is found, and say nothing
     */
    private boolean findRecord(int first, @Nullable String word) throws IOException {
        long damaged = bytes.position();
        int at = first;
        while (bytes.has(at + RECORD)) {
            if (at > WINDOW && word != null) {
                at -= bytes.skip(WINDOW);
            } else if (at > WINDOW) {
                return false;
            }
            if (isRecord(at) && isFollowed(at + RECORD + bytes.int32(at + 8))) {
                bytes.skip(at);
                remarks.accept((word == null ? "the length of a packet makes no sense" : word) + ": passed over "
                        + (bytes.position() - damaged) + " bytes, from byte " + damaged + " on");
                return true;
            }
            at++;
        }
        if (word != null) {
            ended = true;
            remarks.accept(word + " at byte " + damaged + ", and none can be found behind it");
        }
        return false;
    }

    private boolean isFollowed(int next) throws IOException {
        return bytes.has(next + RECORD) ? isRecord(next) : bytes.available() == next;
    }
}
