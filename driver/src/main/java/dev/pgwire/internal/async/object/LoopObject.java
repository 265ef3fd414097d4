package dev.pgwire.internal.async.object;

import dev.pgwire.LargeObjectMode;
import dev.pgwire.Whence;
import dev.pgwire.async.AsyncLargeObject;
import dev.pgwire.internal.lob.Descriptor;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A large object of a connection on a shared event loop. */
final class LoopObject implements AsyncLargeObject {
    private final Asking asking;
    private final Descriptor descriptor;
    private final LargeObjectMode mode;

    LoopObject(Asking asking, Descriptor descriptor, LargeObjectMode mode) {
        this.asking = asking;
        this.descriptor = descriptor;
        this.mode = mode;
    }

    @Override
    public long oid() {
        return descriptor.oid();
    }

    @Override
    public LargeObjectMode mode() {
        return mode;
    }

    @Override
    public CompletableFuture<Integer> read(ByteBuffer target) {
        return asking.run(() -> {
            mode.checkReads(oid());
            return descriptor.read(target);
        });
    }

    @Override
    public CompletableFuture<byte[]> read(int most) {
        return asking.run(() -> {
            mode.checkReads(oid());
            return descriptor.read(most);
        });
    }

    @Override
    public CompletableFuture<Integer> write(ByteBuffer source) {
        return asking.run(() -> {
            mode.checkWrites(oid());
            return descriptor.write(source);
        });
    }

    @Override
    public CompletableFuture<Long> position() {
        return asking.run(descriptor::tell);
    }

    @Override
    public CompletableFuture<Long> seek(long offset, Whence whence) {
        return asking.run(() -> descriptor.seek(offset, whence.code()));
    }

    @Override
    public CompletableFuture<Long> size() {
        return asking.run(descriptor::size);
    }

    @Override
    public CompletableFuture<@Nullable Void> truncate(long size) {
        return asking.<@Nullable Void>run(() -> {
            mode.checkWrites(oid());
            return descriptor.truncate(size);
        });
    }

    @Override
    public CompletableFuture<@Nullable Void> resize(long size) {
        return asking.<@Nullable Void>run(() -> {
            mode.checkWrites(oid());
            return descriptor.resize(size);
        });
    }

    @Override
    public boolean isOpen() {
        return descriptor.isOpen() && asking.isOpen();
    }

    @Override
    public CompletableFuture<@Nullable Void> close() {
        if (isOpen()) {
            return asking.<@Nullable Void>run(descriptor::close);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Never waits, and asks the server nothing. */
    @Override
    public String toString() {
        return "AsyncLargeObject[" + oid() + ", " + mode + (isOpen() ? "]" : ", closed]");
    }
}
