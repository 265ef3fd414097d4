package dev.pgwire;

import dev.pgwire.internal.sql.CopyForm;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the data of a {@code COPY ... TO STDOUT} goes, as the server writes it: bytes in the format that the statement says. It is
 * written as it comes, on the thread that copies. What the program has opened is neither closed nor flushed.
 *
 * @see SqlClient#copyOut(String, CopySink)
 */
public final class CopySink {
    private static final CopyProgress SILENT = (bytes, rows) -> {};

    /** How the data is written, once it is known what it looks like. */
    private interface Opening {
        Open open(CopyForm form) throws IOException;
    }

    /** What takes whole rows. */
    interface Open extends Closeable {
        void write(byte[] bytes, int length) throws IOException;

        @Override
        default void close() throws IOException {}
    }

    private final Opening opening;
    private final CopyProgress progress;

    private CopySink(Opening opening, CopyProgress progress) {
        this.opening = opening;
        this.progress = progress;
    }

    /** A stream, which is given some ten thousand bytes at once. */
    public static CopySink of(OutputStream out) {
        return new CopySink(form -> (bytes, length) -> out.write(bytes, 0, length), SILENT);
    }

    /** A channel, which must be one that waits. */
    public static CopySink of(WritableByteChannel channel) {
        return new CopySink(
                form -> (bytes, length) -> {
                    ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
                    while (left.hasRemaining()) {
                        channel.write(left);
                    }
                },
                SILENT);
    }

    /** A file, which is made or written over when the first rows are there, and closed at the end. If the COPY fails, it has a part. */
    public static CopySink of(Path file) {
        return new CopySink(
                form -> {
                    OutputStream out = Files.newOutputStream(file);
                    return new Open() {
                        @Override
                        public void write(byte[] bytes, int length) throws IOException {
                            out.write(bytes, 0, length);
                        }

                        @Override
                        public void close() throws IOException {
                            out.close();
                        }
                    };
                },
                SILENT);
    }

    /**
     * A writer of lines in text or csv, which are read in the encoding that the statement names.
     *
     * @param writer not for a COPY in binary, which is refused
     */
    public static CopySink of(Writer writer) {
        return new CopySink(
                form -> {
                    Charset charset = CopyCharacters.charset(form);
                    return (bytes, length) -> writer.write(new String(bytes, 0, length, charset));
                },
                SILENT);
    }

    /** The same, with something that is told how much has come. */
    public CopySink onProgress(CopyProgress progress) {
        return new CopySink(opening, Objects.requireNonNull(progress, "progress"));
    }

    Open open(CopyForm form) throws IOException {
        return opening.open(form);
    }

    CopyProgress progress() {
        return progress;
    }
}
