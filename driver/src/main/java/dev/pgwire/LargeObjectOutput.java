package dev.pgwire;

import dev.pgwire.internal.lob.OpenObjects;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Writes a large object in pieces. */
final class LargeObjectOutput extends OutputStream {
    private final LargeObject object;
    private final ByteBuffer piece = ByteBuffer.allocate(OpenObjects.PIECE);

    LargeObjectOutput(LargeObject object) {
        this.object = object;
    }

    @Override
    public void write(int value) {
        if (!piece.hasRemaining()) {
            flush();
        }
        piece.put((byte) value);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (length > piece.remaining()) {
            flush();
        }
        if (length > piece.remaining()) {
            object.write(ByteBuffer.wrap(source, offset, length));
        } else {
            piece.put(source, offset, length);
        }
    }

    @Override
    public void flush() {
        if (piece.position() > 0) {
            object.write(piece.flip());
            piece.clear();
        }
    }

    @Override
    public void close() {
        try (object) {
            flush();
        }
    }
}
