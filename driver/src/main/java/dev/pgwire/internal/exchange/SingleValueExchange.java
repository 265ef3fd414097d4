package dev.pgwire.internal.exchange;

import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A simple Query that the driver itself asks, to be answered with one row of one column. */
public final class SingleValueExchange extends SegmentExchange {
    private enum Phase {
        NOTHING,
        ROWS,
        COMPLETE
    }

    /** Tag, length and number of columns of a DataRow; the length of its first column follows. */
    private static final int TO_COLUMN = Wire.HEADER + 2;

    private @Nullable String value;
    private Phase phase = Phase.NOTHING;

    /** The text of the last row's first column; null if there was none, or it was NULL. */
    public @Nullable String value() {
        return value;
    }

    @Override
    protected boolean receive(BackendMessage message) {
        if (message instanceof ReadyForQuery && (phase == Phase.COMPLETE || failure() != null)) {
            return finish();
        }
        if (message instanceof RowDescription && phase == Phase.NOTHING) {
            phase = Phase.ROWS;
        } else if (message instanceof CommandComplete && phase != Phase.COMPLETE) {
            phase = Phase.COMPLETE;
        } else {
            throw unexpected(message);
        }
        return false;
    }

    @Override
    protected int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        if (phase != Phase.ROWS) {
            return super.rows(bytes, from, to, pages);
        }
        ByteBuffer received = ByteBuffer.wrap(bytes);
        int length = received.getInt(from + 1);
        int column = from + TO_COLUMN;
        int end = from + 1 + length;
        int width = end - column < 4 ? -2 : received.getInt(column);
        if (width < -1 || width > end - column - 4) {
            throw new ProtocolViolation("DataRow has no first column, expected the answer to a question");
        }
        value = width < 0 ? null : new String(bytes, column + 4, width, StandardCharsets.UTF_8);
        return end;
    }
}
