package dev.pgwire.console.copy;

import dev.pgwire.console.shell.Script;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The data of a COPY FROM STDIN: the lines that follow it in its script, up to {@code \.} or the end. */
final class CopyData extends InputStream {
    private final Script.@Nullable Lines lines;
    private byte[] line = new byte[0];
    private int at;
    private boolean begun;
    private boolean ended;

    CopyData(Script.@Nullable Lines lines) {
        this.lines = lines;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        begun = true;
        int taken = 0;
        while (taken < length) {
            if (at == line.length && !next()) {
                break;
            }
            int part = Math.min(length - taken, line.length - at);
            System.arraycopy(line, at, into, offset + taken, part);
            at += part;
            taken += part;
        }
        return taken == 0 ? -1 : taken;
    }

    private boolean next() throws IOException {
        byte[] read = ended || lines == null ? null : lines.data();
        if (read == null || read.length == 2 && read[0] == '\\' && read[1] == '.') {
            ended = true;
            return false;
        }
        line = new byte[read.length + 1];
        System.arraycopy(read, 0, line, 0, read.length);
        line[read.length] = '\n';
        at = 0;
        return true;
    }

    /** The server has asked for the data: they belong to the COPY, whether it takes them or not. */
    void begin() {
        begun = true;
    }

    /** Drops what is left when the COPY has failed: it is no statement. Nothing, if the server has not asked for any. */
    void skip() throws IOException {
        while (begun && !ended) {
            at = line.length;
            next();
        }
    }
}
