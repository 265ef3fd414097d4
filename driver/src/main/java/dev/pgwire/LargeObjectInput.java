package dev.pgwire;

import dev.pgwire.internal.lob.OpenObjects;
import java.io.InputStream;
import java.util.Objects;

/** Reads a large object in pieces. */
final class LargeObjectInput extends InputStream {
    private final LargeObject object;
    private byte[] piece = {};
    private int next;

    LargeObjectInput(LargeObject object) {
        this.object = object;
    }

    private boolean hasMore() {
        if (next == piece.length) {
            piece = object.read(OpenObjects.PIECE);
            next = 0;
        }
        return piece.length > 0;
    }

    @Override
    public int read() {
        return hasMore() ? piece[next++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int taken = Math.min(length, piece.length - next);
        System.arraycopy(piece, next, target, offset, taken);
        next += taken;
        return taken;
    }

    @Override
    public int available() {
        return piece.length - next;
    }

    @Override
    public void close() {
        object.close();
    }
}
