package dev.pgwire;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * COPY (PostgreSQL manual, COPY): the quickest way of many rows to the server and from there. The statement is given whole, as
 * {@code COPY t (a, b) FROM STDIN (FORMAT csv, HEADER)}, and its data passes as it is, in whatever format it says.
 *
 * <p>A COPY that fails, for whatever reason, leaves the table as it was and the connection usable; inside a transaction it fails that,
 * as any statement does. {@link Connection#deadline(java.time.Duration)} counts the time that is waited for the server. The statement
 * is checked before anything is sent: what is no COPY in that direction is refused with an {@link InterfaceException}.
 */
public sealed interface CopyClient permits SqlClient {
    /**
     * Copies data into a table.
     *
     * @param sql a {@code COPY ... FROM STDIN}
     * @param source is read to its end, as there is room to send. It must not use this connection
     * @return how many rows were stored
     * @throws IOException what the source throws, as it is; nothing was stored then. So it is with whatever else it throws
     * @throws DatabaseException what the server has against the statement or a row, which is named by
     *     {@code diagnostic().where()}; nothing was stored then
     * @throws PgException if the connection was lost
     */
    long copyIn(String sql, CopySource source) throws IOException;

    /** As {@link #copyIn(String, CopySource)}, out of {@link CopySource#of(InputStream)}. */
    default long copyIn(String sql, InputStream in) throws IOException {
        return copyIn(sql, CopySource.of(in));
    }

    /** As {@link #copyIn(String, CopySource)}, out of {@link CopySource#of(Reader)}. */
    default long copyIn(String sql, Reader reader) throws IOException {
        return copyIn(sql, CopySource.of(reader));
    }

    /** As {@link #copyIn(String, CopySource)}, out of {@link CopySource#of(ReadableByteChannel)}. */
    default long copyIn(String sql, ReadableByteChannel channel) throws IOException {
        return copyIn(sql, CopySource.of(channel));
    }

    /** As {@link #copyIn(String, CopySource)}, out of {@link CopySource#of(Path)}. */
    default long copyIn(String sql, Path file) throws IOException {
        return copyIn(sql, CopySource.of(file));
    }

    /** As {@link #copyIn(String, CopySource)}, out of {@link CopySource#of(Iterable)}. */
    default long copyIn(String sql, Iterable<ByteBuffer> buffers) {
        try {
            return copyIn(sql, CopySource.of(buffers));
        } catch (IOException thrown) {
            throw new UncheckedIOException(thrown);
        }
    }

    /**
     * Begins a COPY for rows that are written one by one, see {@link CopyWriter}. The server is asked for the types of the columns
     * before, which takes one more round trip, or two where the statement names no columns.
     *
     * @param sql a {@code COPY ... FROM STDIN}, in binary, text or csv, with whatever options
     */
    CopyWriter copyIn(String sql);

    /**
     * Has a block write the rows of a COPY: when it returns they are stored, when it throws none of them is.
     *
     * @return how many rows were stored
     * @throws InterfaceException if the block returns although its COPY has failed or was abandoned
     * @throws E what the block throws
     */
    default <E extends Exception> long copyIn(String sql, CopyBlock<E> block) throws E {
        CopyWriter writer = copyIn(sql);
        try {
            block.write(writer);
        } catch (Throwable failed) {
            try {
                writer.abandon();
            } catch (RuntimeException also) {
                failed.addSuppressed(also);
            }
            throw failed;
        }
        writer.close();
        if (writer.rowCount() < 0) {
            throw new InterfaceException(
                    "the block has returned although its COPY has failed or was abandoned, so that nothing"
                            + " was stored; expected that it throws");
        }
        return writer.rowCount();
    }

    /**
     * Copies rows into a table, as {@link CopyWriter#rows} takes them.
     *
     * @return how many rows were stored
     * @throws DataException if a value cannot be written as its column's type; nothing was stored then
     */
    long copyRows(String sql, Iterable<?> rows);

    /**
     * The rows of a COPY, to be read as those of a statement are, in binary, text or csv, whatever its options. The server is asked for
     * the types of the columns before. What is not read waits; another statement has it set aside, up to 64 MiB or a quarter of
     * the heap. To close the cursor before its end has the server cancel the COPY, but in a transaction, which would fail by that, the
     * rest is read and dropped.
     *
     * @param sql a {@code COPY ... TO STDOUT}
     */
    Cursor copyOut(String sql);

    /**
     * Copies data out of a table or a query.
     *
     * @param sql a {@code COPY ... TO STDOUT}
     * @param sink is given the data as it comes, whole rows each time
     * @return how many rows have come
     * @throws IOException what the sink throws, as it is; the rest is not read then, but the server asked to end it. So it is with
     *     whatever else it throws
     * @throws DatabaseException what the server has against the statement, or why it ended it; some data may have come before
     * @throws InterfaceException if the statement names an encoding that a writer cannot have
     */
    long copyOut(String sql, CopySink sink) throws IOException;

    /** As {@link #copyOut(String, CopySink)}, to {@link CopySink#of(OutputStream)}. */
    default long copyOut(String sql, OutputStream out) throws IOException {
        return copyOut(sql, CopySink.of(out));
    }

    /** As {@link #copyOut(String, CopySink)}, to {@link CopySink#of(Writer)}. */
    default long copyOut(String sql, Writer writer) throws IOException {
        return copyOut(sql, CopySink.of(writer));
    }

    /** As {@link #copyOut(String, CopySink)}, to {@link CopySink#of(WritableByteChannel)}. */
    default long copyOut(String sql, WritableByteChannel channel) throws IOException {
        return copyOut(sql, CopySink.of(channel));
    }

    /** As {@link #copyOut(String, CopySink)}, to {@link CopySink#of(Path)}. */
    default long copyOut(String sql, Path file) throws IOException {
        return copyOut(sql, CopySink.of(file));
    }
}
