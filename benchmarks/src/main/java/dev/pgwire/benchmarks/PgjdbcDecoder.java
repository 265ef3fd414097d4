package dev.pgwire.benchmarks;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.postgresql.core.Encoding;
import org.postgresql.core.PGStream;
import org.postgresql.core.Tuple;
import org.postgresql.jdbc.TimestampUtils;
import org.postgresql.util.ByteConverter;
import org.postgresql.util.HostSpec;

/**
 * pgjdbc: its {@link PGStream} from a stream to a {@link Tuple}, and what its ResultSet calls for each value: its
 * {@link ByteConverter}, {@link TimestampUtils} and {@link Encoding}.
 *
 * <p>Not measured, as it needs a connection: the ResultSet, with its checks of row, column and type before each value, and
 * the list of tuples that it reads from. UUIDs are put together here, as there. Measured is, other than for the driver, the
 * copy from what stands for the socket into its own buffer. The columns are all binary, as for the others; over a
 * connection pgjdbc asks for that once a statement has been used a few times, and not for every type.
 */
@State(Scope.Thread)
public class PgjdbcDecoder implements RowDecoder {
    private final PGStream stream;
    private final Encoding encoding = Encoding.getDatabaseEncoding("UTF8");
    private final TimestampUtils times = new TimestampUtils(false, TimeZone::getDefault);

    /** A stream of the recorded rows, again and again. */
    public PgjdbcDecoder() {
        try {
            stream = new PGStream(new RecordedSocket.Factory(WideRows.load()), new HostSpec("recorded", 5432), 0, 8192);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void decode(Values values) {
        try {
            for (int i = 0; i < WideRows.COUNT; i++) {
                stream.receiveChar();
                read(stream.receiveTupleV3(), values);
            }
        } catch (IOException | SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void read(Tuple row, Values values) throws IOException, SQLException {
        values.take(ByteConverter.int4(bytes(row, 0), 0));
        values.take(ByteConverter.int8(bytes(row, 1), 0));
        values.take(ByteConverter.float8(bytes(row, 2), 0));
        values.take((BigDecimal) ByteConverter.numeric(bytes(row, 3)));
        values.take(encoding.decode(bytes(row, 4)));
        values.take(ByteConverter.bool(bytes(row, 5), 0));
        values.take(times.toOffsetDateTimeBin(bytes(row, 6)));
        values.take(times.toLocalDateBin(bytes(row, 7)));
        byte[] uuid = bytes(row, 8);
        values.take(new UUID(ByteConverter.int8(uuid, 0), ByteConverter.int8(uuid, 8)));
        byte @Nullable [] half = row.get(9);
        values.take(half == null ? null : encoding.decode(half));
    }

    private static byte[] bytes(Tuple row, int column) {
        byte @Nullable [] bytes = row.get(column);
        if (bytes == null) {
            throw new IllegalStateException("column " + column + " is null, expected a value");
        }
        return bytes;
    }
}
