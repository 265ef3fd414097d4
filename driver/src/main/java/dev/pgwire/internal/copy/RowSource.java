package dev.pgwire.internal.copy;

import dev.pgwire.internal.copy.form.RowEncoder;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Rows as the data of a COPY. Each is asked for when there is room to send it. */
final class RowSource implements ByteSource {
    private final RowEncoder encoder;
    private final Iterator<@Nullable Object[]> rows;
    /** How much of what was written was read. */
    private int at;

    private int length;
    private boolean ended;

    RowSource(RowEncoder encoder, Iterator<@Nullable Object[]> rows) {
        this.encoder = encoder;
        this.rows = rows;
        encoder.begin();
    }

    @Override
    public int read(byte[] into) {
        if (at == length) {
            if (ended) {
                return -1;
            }
            fill(into.length);
        }
        int part = Math.min(into.length, length - at);
        System.arraycopy(encoder.bytes(), at, into, 0, part);
        at += part;
        if (at == length) {
            encoder.clear();
        }
        return part > 0 ? part : -1;
    }

    private void fill(int enough) {
        boolean more = rows.hasNext();
        while (more && encoder.out().size() < enough) {
            encoder.row(rows.next());
            more = rows.hasNext();
        }
        if (!more) {
            encoder.end();
            ended = true;
        }
        at = 0;
        length = encoder.length();
    }

    @Override
    public void close() {}
}
