package dev.pgwire.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.pgclient.impl.RowImpl;
import io.vertx.pgclient.impl.codec.DataType;
import io.vertx.pgclient.impl.codec.DataTypeCodec;
import io.vertx.sqlclient.desc.ColumnDescriptor;
import io.vertx.sqlclient.internal.RowDesc;
import java.sql.JDBCType;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * vertx-pg-client: its {@link DataTypeCodec} from a direct buffer into its {@link RowImpl}, then the getters of that.
 *
 * <p>Not measured, as the jar does not expose it: its decoder of messages and its decoder of rows. A loop of ours stands in
 * their place, which goes over messages and columns as they do. Its result, a list of all rows, is not built either. It
 * asks the server for numeric as text, so that column is text in its recording, made from the same numbers.
 */
@State(Scope.Thread)
public class VertxDecoder implements RowDecoder {
    private static final int NUMERIC = 3;
    private static final DataType[] TYPES = {
        DataType.INT4,
        DataType.INT8,
        DataType.FLOAT8,
        DataType.NUMERIC,
        DataType.TEXT,
        DataType.BOOL,
        DataType.TIMESTAMPTZ,
        DataType.DATE,
        DataType.UUID,
        DataType.TEXT
    };

    private final Description description = new Description();
    private final ByteBuf rows =
            PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(WideRows.withText(WideRows.load(), NUMERIC));

    @Override
    public void decode(Values values) {
        ByteBuf in = rows.readerIndex(0);
        while (in.isReadable()) {
            in.skipBytes(5);
            RowImpl row = read(in);
            values.take(row.getInteger(0));
            values.take(row.getLong(1));
            values.take(row.getDouble(2));
            values.take(row.getBigDecimal(NUMERIC));
            values.take(row.getString(4));
            values.take(row.getBoolean(5));
            values.take(row.getOffsetDateTime(6));
            values.take(row.getLocalDate(7));
            values.take(row.getUUID(8));
            values.take(row.getString(9));
        }
    }

    private RowImpl read(ByteBuf in) {
        RowImpl row = new RowImpl(description);
        int columns = in.readUnsignedShort();
        for (int i = 0; i < columns; i++) {
            int length = in.readInt();
            if (length < 0) {
                row.addValue(null);
                continue;
            }
            int at = in.readerIndex();
            row.addValue(
                    i == NUMERIC
                            ? DataTypeCodec.decodeText(TYPES[i], at, length, in)
                            : DataTypeCodec.decodeBinary(TYPES[i], at, length, in));
            in.readerIndex(at + length);
        }
        return row;
    }

    /** What a row knows of its columns: here, how many they are. */
    private static final class Description extends RowDesc {
        Description() {
            super(Stream.of(TYPES).map(type -> new Column(type.name())).toArray(ColumnDescriptor[]::new));
        }
    }

    private record Column(String name) implements ColumnDescriptor {
        @Override
        public boolean isArray() {
            return false;
        }

        @Override
        public String typeName() {
            return name;
        }

        @Override
        public JDBCType jdbcType() {
            return JDBCType.OTHER;
        }
    }
}
