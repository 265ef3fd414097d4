package dev.pgwire.internal.lob;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads pieces of a large object into a buffer, until that is full or there are no more. */
final class Filling extends Procedure<Integer> {
    private final Descriptor descriptor;
    private final ByteBuffer target;
    private final int room;
    private @Nullable Procedure<byte[]> piece;

    Filling(Dispatch dispatch, Descriptor descriptor, ByteBuffer target) {
        super(dispatch);
        this.descriptor = descriptor;
        this.target = target;
        this.room = target.remaining();
    }

    @Override
    protected boolean proceed() {
        Procedure<byte[]> read = piece;
        if (read != null) {
            int asked = Math.min(target.remaining(), OpenObjects.PIECE);
            byte[] bytes = read.result();
            target.put(bytes);
            int got = room - target.remaining();
            if (bytes.length < asked) {
                return over(got == 0 ? -1 : got);
            }
            if (!target.hasRemaining()) {
                return over(got);
            }
        }
        piece = first(descriptor.read(target.remaining()));
        return false;
    }
}
