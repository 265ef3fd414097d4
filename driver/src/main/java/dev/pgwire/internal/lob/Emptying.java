package dev.pgwire.internal.lob;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes a buffer into a large object, piece by piece. */
final class Emptying extends Procedure<Integer> {
    private final Descriptor descriptor;
    private final ByteBuffer source;
    private final int length;
    private @Nullable Procedure<Integer> piece;

    Emptying(Dispatch dispatch, Descriptor descriptor, ByteBuffer source) {
        super(dispatch);
        this.descriptor = descriptor;
        this.source = source;
        this.length = source.remaining();
    }

    @Override
    protected boolean proceed() {
        Procedure<Integer> written = piece;
        if (written != null) {
            source.position(source.position() + written.result());
            if (!source.hasRemaining()) {
                return over(length);
            }
        }
        ByteBuffer next = source.duplicate();
        next.limit(next.position() + Math.min(next.remaining(), OpenObjects.PIECE));
        piece = first(descriptor.writePiece(next));
        return false;
    }
}
