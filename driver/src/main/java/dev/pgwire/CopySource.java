package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.copy.ByteSource;
import dev.pgwire.internal.sql.CopyForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;

/**
 * Data for a {@code COPY ... FROM STDIN}, as the server reads it: bytes in the format that the statement says. It is read as there
 * is room to send, on the thread that copies. What the program has opened is not closed.
 *
 * @see SqlClient#copyIn(String, CopySource)
 */
public final class CopySource {
    private static final CopyProgress SILENT = (bytes, rows) -> {};

    /** How the data is read, once it is known what it looks like. */
    private interface Opening {
        ByteSource open(CopyForm form) throws IOException;
    }

    private final Opening opening;
    private final CopyProgress progress;

    private CopySource(Opening opening, CopyProgress progress) {
        this.opening = opening;
        this.progress = progress;
    }

    /** What is left of a stream. */
    public static CopySource of(InputStream in) {
        return new CopySource(form -> new Bytes(Objects.requireNonNull(in, "in")::read), SILENT);
    }

    /** What is left of a channel, which must be one that waits. */
    public static CopySource of(ReadableByteChannel channel) {
        return new CopySource(form -> channel(Objects.requireNonNull(channel, "channel")), SILENT);
    }

    private static Bytes channel(ReadableByteChannel channel) {
        return new Bytes(into -> channel.read(ByteBuffer.wrap(into)));
    }

    /** A file, which is opened when the COPY begins and closed when it ends. */
    public static CopySource of(Path file) {
        return new CopySource(
                form -> {
                    InputStream in = Files.newInputStream(Objects.requireNonNull(file, "file"));
                    return new Bytes(in::read) {
                        @Override
                        public void close() throws IOException {
                            in.close();
                        }
                    };
                },
                SILENT);
    }

    /**
     * What is left of a reader: lines in text or csv, which are written in the encoding that the statement names.
     *
     * @param reader not for a COPY in binary, which is refused
     */
    public static CopySource of(Reader reader) {
        return new CopySource(
                form -> new CopyCharacters(Objects.requireNonNull(reader, "reader"), CopyCharacters.charset(form)),
                SILENT);
    }

    /** Buffers one behind the other, each up to its limit. A buffer is not looked at any more when the next one is asked for. */
    public static CopySource of(Iterable<ByteBuffer> buffers) {
        return new CopySource(
                form -> new Buffers(Objects.requireNonNull(buffers, "buffers").iterator()), SILENT);
    }

    /** The same data, with something that is told how much of it was sent. */
    public CopySource onProgress(CopyProgress progress) {
        return new CopySource(opening, Objects.requireNonNull(progress, "progress"));
    }

    ByteSource open(CopyForm form) throws IOException {
        return opening.open(form);
    }

    CopyProgress progress() {
        return progress;
    }

    /** What reads into an array. */
    private interface Reading {
        int read(byte[] into) throws IOException;
    }

    private static class Bytes implements ByteSource {
        private static final int MOST_IN_VAIN = 1000;

        private final Reading reading;

        Bytes(Reading reading) {
            this.reading = reading;
        }

        @Override
        public int read(byte[] into) throws IOException {
            for (int i = 0; i < MOST_IN_VAIN; i++) {
                int length = reading.read(into);
                if (length != 0) {
                    return length;
                }
            }
            throw new InterfaceException("the source of a COPY has given no bytes " + MOST_IN_VAIN
                    + " times, expected one that waits for some");
        }

        @Override
        public void close() throws IOException {}
    }

    private static final class Buffers implements ByteSource {
        private final Iterator<ByteBuffer> source;
        private ByteBuffer current = ByteBuffer.allocate(0);

        Buffers(Iterator<ByteBuffer> source) {
            this.source = source;
        }

        @Override
        public int read(byte[] into) {
            while (!current.hasRemaining()) {
                if (!source.hasNext()) {
                    return -1;
                }
                current = source.next().duplicate();
            }
            int length = Math.min(into.length, current.remaining());
            current.get(into, 0, length);
            return length;
        }

        @Override
        public void close() {}
    }
}
