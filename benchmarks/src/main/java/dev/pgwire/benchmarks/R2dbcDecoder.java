package dev.pgwire.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.r2dbc.postgresql.codec.Codecs;
import io.r2dbc.postgresql.codec.DefaultCodecs;
import io.r2dbc.postgresql.message.Format;
import io.r2dbc.postgresql.message.backend.BackendMessageDecoder;
import io.r2dbc.postgresql.message.backend.DataRow;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * r2dbc-postgresql: its {@link BackendMessageDecoder} from a direct buffer to a {@link DataRow}, and its
 * {@link DefaultCodecs} from the columns of that to values of the classes asked for.
 *
 * <p>Not measured, as the jar does not expose it or it needs a connection: its cutting of the stream into messages, which
 * is Netty's LengthFieldBasedFrameDecoder and here is a slice by hand, its row around the DataRow, and Reactor between the
 * two.
 */
@State(Scope.Thread)
public class R2dbcDecoder implements RowDecoder {
    private static final int[] OIDS = {23, 20, 701, 1700, 25, 16, 1184, 1082, 2950, 25};

    private final Codecs codecs = new DefaultCodecs(PooledByteBufAllocator.DEFAULT);
    private final ByteBuf rows = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(WideRows.load());

    @Override
    public void decode(Values values) {
        ByteBuf in = rows.readerIndex(0);
        while (in.isReadable()) {
            ByteBuf frame = in.readRetainedSlice(1 + in.getInt(in.readerIndex() + 1));
            DataRow row = (DataRow) BackendMessageDecoder.decode(frame);
            ByteBuf[] columns = row.getColumns();
            values.take(get(columns, 0, Integer.class));
            values.take(get(columns, 1, Long.class));
            values.take(get(columns, 2, Double.class));
            values.take(get(columns, 3, BigDecimal.class));
            values.take(get(columns, 4, String.class));
            values.take(get(columns, 5, Boolean.class));
            values.take(get(columns, 6, OffsetDateTime.class));
            values.take(get(columns, 7, LocalDate.class));
            values.take(get(columns, 8, UUID.class));
            values.take(get(columns, 9, String.class));
            row.release();
            frame.release();
        }
    }

    private <T> @Nullable T get(ByteBuf[] columns, int index, Class<T> type) {
        return codecs.decode(columns[index], OIDS[index], Format.FORMAT_BINARY, type);
    }

    /** How many still hold the recording: one, unless a row was not given back. */
    int holders() {
        return rows.refCnt();
    }
}
