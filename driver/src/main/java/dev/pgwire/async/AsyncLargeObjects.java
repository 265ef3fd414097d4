package dev.pgwire.async;

import dev.pgwire.LargeObjectMode;
import dev.pgwire.error.InterfaceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The large objects of a database, as {@link dev.pgwire.LargeObjects} has them for callers that wait. */
public interface AsyncLargeObjects {
    /** Makes an empty large object; gives the number that the server has chosen for it. */
    default CompletableFuture<Long> create() {
        return create(0);
    }

    /** Makes an empty large object, see {@link dev.pgwire.LargeObjects#create(long)}; gives its number. */
    CompletableFuture<Long> create(long oid);

    /**
     * Opens a large object, from its start. It is closed with the transaction. Fails with {@link InterfaceException} outside one, unless
     * autocommit is off.
     */
    CompletableFuture<AsyncLargeObject> open(long oid, LargeObjectMode mode);

    /** Drops a large object. */
    CompletableFuture<@Nullable Void> unlink(long oid);

    /**
     * Makes a large object of all that a stream has, see {@link dev.pgwire.LargeObjects#importFrom(InputStream)}; gives its number. Fails with
     * what the stream throws, such as an {@link IOException}.
     *
     * @param source is read on a thread that may block
     */
    CompletableFuture<Long> importFrom(InputStream source);

    /** Makes a large object of a file. */
    CompletableFuture<Long> importFrom(Path file);

    /**
     * Writes all of a large object into a stream, see {@link dev.pgwire.LargeObjects#exportTo(long, OutputStream)}; gives how many bytes that
     * were.
     *
     * @param target is written on a thread that may block
     */
    CompletableFuture<Long> exportTo(long oid, OutputStream target);

    /** Writes all of a large object into a file. */
    CompletableFuture<Long> exportTo(long oid, Path file);
}
