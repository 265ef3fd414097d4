package dev.pgwire.internal.async.object;

import dev.pgwire.LargeObjectMode;
import dev.pgwire.async.AsyncLargeObject;
import dev.pgwire.internal.lob.OpenObjects;
import dev.pgwire.protocol.TransactionStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes a large object of what a stream has. If the stream fails, there is none. */
final class Importing extends Transfer<InputStream> {
    private final Asking asking;
    private final LoopObjects objects;
    private volatile long oid;

    Importing(Asking asking, LoopObjects objects, Opening<InputStream> opening, boolean closes) {
        super(asking, opening, closes);
        this.asking = asking;
        this.objects = objects;
    }

    CompletableFuture<Long> begin() {
        return begin(
                asking.run(() -> asking.objects().createHere(asking.mark())).thenCompose(made -> {
                    oid = made;
                    return objects.open(made, LargeObjectMode.WRITE);
                }));
    }

    @Override
    void next(AsyncLargeObject object, InputStream stream) throws IOException {
        byte[] piece = stream.readNBytes(OpenObjects.PIECE);
        if (piece.length == 0) {
            end(oid);
        } else {
            then(object.write(ByteBuffer.wrap(piece)), () -> next(object, stream));
        }
    }

    @Override
    CompletableFuture<@Nullable Void> undo() {
        boolean there = oid != 0 && asking.session().server().transactionStatus() == TransactionStatus.IN_TRANSACTION;
        return there ? objects.unlink(oid) : super.undo();
    }
}
