package dev.pgwire.internal.async.object;

import dev.pgwire.async.AsyncLargeObject;
import dev.pgwire.internal.lob.OpenObjects;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** Writes all of a large object into a stream. */
final class Exporting extends Transfer<OutputStream> {
    private long written;

    Exporting(Asking asking, Opening<OutputStream> opening, boolean closes) {
        super(asking, opening, closes);
    }

    @Override
    void next(AsyncLargeObject object, OutputStream stream) {
        CompletableFuture<byte[]> piece = object.read(OpenObjects.PIECE);
        then(piece, () -> {
            byte[] bytes = piece.join();
            stream.write(bytes);
            written += bytes.length;
            if (bytes.length < OpenObjects.PIECE) {
                end(written);
            } else {
                next(object, stream);
            }
        });
    }
}
