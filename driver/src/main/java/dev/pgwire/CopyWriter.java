package dev.pgwire;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.copy.RowWriting;
import dev.pgwire.internal.session.SessionCopies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows, or data as it is, for a {@code COPY ... FROM STDIN} that is in progress. Belongs to one thread.
 *
 * <pre>{@code
 * try (CopyWriter writer = conn.copyIn("COPY users (id, name) FROM STDIN (FORMAT binary)")) {
 *     writer.row(1, "Ada");
 *     writer.row(2, "Grace");
 * }
 * }</pre>
 *
 * <p>{@link #finish} or {@link #close} ends the COPY, and that stores the rows, all of them or none. When one of the methods of this class has thrown,
 * the COPY has ended, nothing is stored, and {@code close} does nothing. A program that fails between two rows for a reason of its own
 * has {@link #abandon} called, or writes in a block ({@link CopyClient#copyIn(String, CopyBlock)}), which does that.
 *
 * <p>Rows gather and are sent 64 KiB at a time. Up to the end the connection does nothing else: another statement is refused, ROLLBACK
 * abandons the COPY. The deadline of the connection is one for each call that waits.
 */
public final class CopyWriter implements AutoCloseable {
    private enum Kind {
        NOTHING,
        ROWS,
        RAW
    }

    private final Connection connection;
    private final SessionCopies copies;
    private final RowWriting writing;
    private CopyProgress progress = (bytes, rows) -> {};
    private Kind kind = Kind.NOTHING;
    private boolean closed;
    private long bytes;
    private long stored = -1;

    CopyWriter(Connection connection, SessionCopies copies, RowWriting writing) {
        this.connection = connection;
        this.copies = copies;
        this.writing = writing;
    }

    /**
     * Writes a row.
     *
     * @param values one for each column, as {@link SqlClient#execute} takes them; in binary, text for a column of another type is
     *     read as the server prints that type. A single record has the values in itself, see {@link #record}
     * @return this writer
     * @throws DataException if a value cannot be written as its column's type; the COPY has failed then
     * @throws PgException why the server does not take any more
     */
    public CopyWriter row(@Nullable Object... values) {
        Objects.requireNonNull(values, "values");
        if (values.length == 1 && values[0] instanceof Record record) {
            return record(record);
        }
        begin(Kind.ROWS);
        try {
            if (writing.row(values)) {
                flush();
            }
        } catch (Throwable failed) {
            fail(failed);
            throw failed;
        }
        return this;
    }

    /** Writes a row out of a record, whose components have the names of the columns; {@code userName} serves {@code user_name}. */
    public CopyWriter record(Record record) {
        Objects.requireNonNull(record, "record");
        begin(Kind.ROWS);
        try {
            if (writing.single(record)) {
                flush();
            }
        } catch (Throwable failed) {
            fail(failed);
            throw failed;
        }
        return this;
    }

    /**
     * Writes many rows.
     *
     * @param rows each an {@code Object[]} or a List with the values in the order of the columns, or a Map or a record with values by
     *     the names of the columns; what it throws fails the COPY, and is thrown as it is
     * @return this writer
     */
    public CopyWriter rows(Iterable<?> rows) {
        begin(Kind.ROWS);
        try {
            Iterator<@Nullable Object[]> ordered = writing.ordered(rows.iterator());
            while (ordered.hasNext()) {
                if (writing.row(ordered.next())) {
                    flush();
                }
            }
        } catch (Throwable failed) {
            fail(failed);
            throw failed;
        }
        return this;
    }

    /** Writes data as it is, cut anywhere. It cannot be mixed with rows. */
    public CopyWriter write(byte[] data) {
        return write(data, 0, data.length);
    }

    /** As {@link #write(byte[])}, of a part of an array. */
    public CopyWriter write(byte[] data, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, data.length);
        begin(Kind.RAW);
        try {
            if (writing.raw(data, offset, length)) {
                flush();
            }
        } catch (Throwable failed) {
            fail(failed);
            throw failed;
        }
        return this;
    }

    /** As {@link #write(byte[])}, of characters in UTF8. */
    public CopyWriter write(String data) {
        return write(data.getBytes(StandardCharsets.UTF_8));
    }

    /** Has something told how much was sent, each time. */
    public CopyWriter onProgress(CopyProgress progress) {
        this.progress = Objects.requireNonNull(progress, "progress");
        return this;
    }

    /** How many rows were written; 0 for data as it is. */
    public long rowsWritten() {
        return writing.rows();
    }

    /** How many rows the server has stored; -1 before {@link #finish} or {@link #close}. */
    public long rowCount() {
        return stored;
    }

    /** Whether the COPY has ended, well or not. */
    public boolean isClosed() {
        return closed || writing.copy().isOver();
    }

    /** Ends the COPY without storing anything; does nothing if it has ended. The connection goes on, a transaction has failed. */
    public void abandon() {
        if (!closed) {
            closed = true;
            copies.abandon(writing.copy(), "the program has abandoned it", connection.deadline());
        }
    }

    /**
     * Ends the COPY, which stores the rows.
     *
     * @return how many rows were stored
     * @throws PgException what the server has against the rows; nothing was stored then
     * @throws InterfaceException if it has ended before
     */
    public long finish() {
        begin(kind == Kind.NOTHING ? Kind.ROWS : kind);
        try {
            if (kind == Kind.ROWS) {
                writing.endRows();
            }
            if (writing.isAny()) {
                flush();
            }
            stored = copies.run(writing.copy().end(), connection.deadline());
            closed = true;
            return stored;
        } catch (Throwable failed) {
            fail(failed);
            throw failed;
        }
    }

    /** As {@link #finish}; does nothing if the COPY was finished or abandoned, or a method of this class has thrown. */
    @Override
    public void close() {
        if (!closed && !writing.copy().isAbandoned()) {
            finish();
        }
    }

    private void begin(Kind wanted) {
        if (closed) {
            throw new InterfaceException("the COPY has ended, expected one that is in progress");
        }
        if (kind == Kind.NOTHING) {
            kind = wanted;
            if (wanted == Kind.RAW) {
                writing.isRaw();
            }
        } else if (kind != wanted) {
            throw new InterfaceException(
                    "rows and data as it is come for the same COPY, expected only the one or only the other");
        }
    }

    private void flush() {
        Duration deadline = connection.deadline();
        copies.run(writing.part(), deadline);
        bytes += writing.sent();
        progress.moved(bytes, writing.rows());
    }

    /** What the writer has failed with fails the COPY. */
    private void fail(Throwable failed) {
        closed = true;
        if (writing.copy().isOver()) {
            return;
        }
        try {
            copies.abandon(
                    writing.copy(), "the rows ended with " + failed.getClass().getName(), connection.deadline());
        } catch (RuntimeException also) {
            failed.addSuppressed(also);
        }
    }

    @Override
    public String toString() {
        return "CopyWriter[" + writing.copy().shown() + ", " + writing.rows() + " rows" + (isClosed() ? ", closed" : "")
                + "]";
    }
}
