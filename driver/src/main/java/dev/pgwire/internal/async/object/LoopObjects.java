package dev.pgwire.internal.async.object;

import dev.pgwire.LargeObjectMode;
import dev.pgwire.async.AsyncLargeObject;
import dev.pgwire.async.AsyncLargeObjects;
import dev.pgwire.internal.lob.Descriptor;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The large objects that a connection on a shared event loop, or a transaction of it, works with. */
public final class LoopObjects implements AsyncLargeObjects {
    private final Asking asking;

    /** Those of one who asks. */
    public LoopObjects(Asking asking) {
        this.asking = asking;
    }

    @Override
    public CompletableFuture<Long> create(long oid) {
        return asking.run(() -> asking.objects().create(asking.mark(), oid));
    }

    @Override
    public CompletableFuture<AsyncLargeObject> open(long oid, LargeObjectMode mode) {
        return asking.run(() -> asking.objects().open(asking.mark(), oid, mode.flags()))
                .thenApply(descriptor -> object(descriptor, mode));
    }

    private AsyncLargeObject object(Descriptor descriptor, LargeObjectMode mode) {
        return new LoopObject(asking, descriptor, mode);
    }

    @Override
    public CompletableFuture<@Nullable Void> unlink(long oid) {
        return asking.<@Nullable Void>run(() -> asking.objects().unlink(asking.mark(), oid));
    }

    @Override
    public CompletableFuture<Long> importFrom(InputStream source) {
        return new Importing(asking, this, () -> source, false).begin();
    }

    @Override
    public CompletableFuture<Long> importFrom(Path file) {
        return new Importing(asking, this, () -> Files.newInputStream(file), true).begin();
    }

    @Override
    public CompletableFuture<Long> exportTo(long oid, OutputStream target) {
        return new Exporting(asking, () -> target, false).begin(open(oid, LargeObjectMode.READ));
    }

    @Override
    public CompletableFuture<Long> exportTo(long oid, Path file) {
        return new Exporting(asking, () -> Files.newOutputStream(file), true).begin(open(oid, LargeObjectMode.READ));
    }
}
