package dev.pgwire.laboratory.capture.file;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/** The bytes of a file from a position on, as many as were asked for. Numbers are read in the byte order that was last set. */
final class FileBytes {
    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private byte[] bytes = new byte[BUFFER];
    private int from;
    private int to;
    private long position;
    private boolean ended;
    private boolean little;

    FileBytes(InputStream in) {
        this.in = in;
    }

    void littleEndian(boolean on) {
        little = on;
    }

    boolean isLittleEndian() {
        return little;
    }

    /** How many bytes of the file are behind. */
    long position() {
        return position;
    }

    /** How many bytes are at hand. */
    int available() {
        return to - from;
    }

    /** Whether this many bytes are left; they are at hand then. */
    boolean has(int count) throws IOException {
        while (to - from < count && !ended) {
            if (count > bytes.length - from) {
                makeRoom(count);
            }
            int read = read();
            if (read < 0) {
                ended = true;
            } else {
                to += read;
            }
        }
        return to - from >= count;
    }

    private int read() throws IOException {
        try {
            return in.read(bytes, to, bytes.length - to);
        } catch (EOFException e) {
            // A compressed file that is cut.
            return -1;
        }
    }

    private void makeRoom(int count) {
        byte[] room = count > bytes.length ? new byte[Math.max(count, 2 * bytes.length)] : bytes;
        System.arraycopy(bytes, from, room, 0, to - from);
        to -= from;
        from = 0;
        bytes = room;
    }

    /** Goes on by this many bytes, or to the end if there are fewer; tells how many it were. */
    int skip(int count) throws IOException {
        int left = count;
        while (left > 0 && has(1)) {
            int step = Math.min(left, available());
            from += step;
            position += step;
            left -= step;
        }
        if (from == to) {
            from = 0;
            to = 0;
        }
        return count - left;
    }

    /** A byte that is at hand, counted from the position. */
    int int8(int at) {
        return bytes[from + at] & 0xFF;
    }

    int int16(int at) {
        return little ? int8(at + 1) << 8 | int8(at) : int8(at) << 8 | int8(at + 1);
    }

    int int32(int at) {
        return little ? int16(at + 2) << 16 | int16(at) : int16(at) << 16 | int16(at + 2);
    }

    long unsigned32(int at) {
        return int32(at) & 0xFFFF_FFFFL;
    }

    long int64(int at) {
        return little ? unsigned32(at + 4) << 32 | unsigned32(at) : unsigned32(at) << 32 | unsigned32(at + 4);
    }

    byte[] copy(int at, int count) {
        return Arrays.copyOfRange(bytes, from + at, from + at + count);
    }

    /** All that is left, as a stream. */
    InputStream rest() {
        return new SequenceInputStream(new ByteArrayInputStream(bytes, from, to - from), in);
    }
}
