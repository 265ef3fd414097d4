package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.lob.OpenObjects;
import dev.pgwire.internal.session.Session;
import dev.pgwire.protocol.TransactionStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The large objects of a database, from {@link SqlClient#largeObjects}: bytes that lie outside of tables, up to 4 TiB each, and are
 * known by a number (oid) from 1 to 4294967295. Source: PostgreSQL manual, chapter 33, Large Objects.
 *
 * <pre>{@code
 * conn.transaction(tx -> {
 *     LargeObjects objects = tx.largeObjects();
 *     try (LargeObject object = objects.open(objects.create(), LargeObjectMode.WRITE)) {
 *         object.write(bytes);
 *     }
 * });
 * }</pre>
 *
 * <p>What the server has against a call is thrown as a {@link PgException}, such as SQLSTATE 42704 for a number that no large object has.
 */
public final class LargeObjects {
    private final Connection connection;
    private final OpenObjects open;
    private final long mark;

    /**
     * Those of a connection.
     *
     * @param mark of the transaction that all is to be part of
     */
    LargeObjects(Connection connection, OpenObjects open, long mark) {
        this.connection = connection;
        this.open = open;
        this.mark = mark;
    }

    private Session session() {
        return connection.session();
    }

    /** Makes an empty large object; returns the number that the server has chosen for it. */
    public long create() {
        return create(0);
    }

    /**
     * Makes an empty large object.
     *
     * @param oid its number; the server chooses one for 0
     * @return its number
     * @throws PgException with SQLSTATE 23505 if there is one of that number
     */
    public long create(long oid) {
        return session().run(open.create(mark, oid), connection.deadline());
    }

    /**
     * Opens a large object, from its start. It is closed with the transaction.
     *
     * @throws InterfaceException outside a transaction, unless autocommit is off
     */
    public LargeObject open(long oid, LargeObjectMode mode) {
        return new LargeObject(
                connection, session().run(open.open(mark, oid, mode.flags()), connection.deadline()), mode);
    }

    /** Drops a large object. */
    public void unlink(long oid) {
        session().run(open.unlink(mark, oid), connection.deadline());
    }

    /**
     * Makes a large object of all that a stream has, which is read to its end and not closed.
     *
     * @return its number
     * @throws InterfaceException outside a transaction, unless autocommit is off
     * @throws IOException what the stream throws; there is no large object then, and the transaction goes on
     */
    public long importFrom(InputStream source) throws IOException {
        long oid = session().run(open.createHere(mark), connection.deadline());
        LargeObject object = null;
        try {
            object = open(oid, LargeObjectMode.WRITE);
            byte[] piece = new byte[OpenObjects.PIECE];
            for (int read = source.readNBytes(piece, 0, piece.length);
                    read > 0;
                    read = source.readNBytes(piece, 0, piece.length)) {
                object.write(ByteBuffer.wrap(piece, 0, read));
            }
            object.close();
        } catch (Throwable failed) {
            drop(oid, object, failed);
            throw failed;
        }
        return oid;
    }

    /** The source has failed, and not the transaction. */
    private void drop(long oid, @Nullable LargeObject object, Throwable failed) {
        if (connection.isClosed() || connection.transactionStatus() != TransactionStatus.IN_TRANSACTION) {
            return;
        }
        // What an interrupt has ended is cleared away all the same.
        boolean interrupted = Thread.interrupted();
        try {
            if (object != null) {
                object.close();
            }
            unlink(oid);
        } catch (PgException also) {
            failed.addSuppressed(also);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Makes a large object of a file, as {@link #importFrom(InputStream)} does. */
    public long importFrom(Path file) throws IOException {
        try (InputStream source = Files.newInputStream(file)) {
            return importFrom(source);
        }
    }

    /**
     * Writes all of a large object into a stream, which is neither closed nor flushed.
     *
     * @return how many bytes that were
     * @throws InterfaceException outside a transaction, unless autocommit is off
     * @throws IOException what the stream throws; the transaction goes on
     */
    public long exportTo(long oid, OutputStream target) throws IOException {
        try (LargeObject object = open(oid, LargeObjectMode.READ)) {
            return copy(object, target);
        }
    }

    /**
     * Writes all of a large object into a file, which is made or written over when the large object has been opened. If that fails, it
     * has a part.
     *
     * @return how many bytes that were
     */
    public long exportTo(long oid, Path file) throws IOException {
        try (LargeObject object = open(oid, LargeObjectMode.READ);
                OutputStream target = Files.newOutputStream(file)) {
            return copy(object, target);
        }
    }

    private static long copy(LargeObject object, OutputStream target) throws IOException {
        long written = 0;
        byte[] piece;
        do {
            piece = object.read(OpenObjects.PIECE);
            target.write(piece);
            written += piece.length;
        } while (piece.length == OpenObjects.PIECE);
        return written;
    }
}
