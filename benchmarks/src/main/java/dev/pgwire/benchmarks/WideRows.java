package dev.pgwire.benchmarks;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.internal.codec.number.NumericCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rows of ten mixed columns, as a server sent them in binary: DataRow messages one behind the other. Run {@link #main} to
 * record them anew.
 */
public final class WideRows {
    /** The number of rows. */
    public static final int COUNT = 1_000;

    private static final String FILE = "wide-rows.bin";

    private static final String SQL = """
            SELECT g::int4 AS i4, g * 10000000019::int8 AS i8, sqrt(g) AS f8, (g * 12345.67 % 10000000)::numeric(12,2) AS n,
                   'row number ' || g AS t, g % 3 = 0 AS b,
                   timestamptz '2026-01-01 00:00:00+00' + g * interval '61.000001 s' AS tz,
                   date '2000-01-01' + g AS d, md5(g::text)::uuid AS u,
                   CASE WHEN g % 2 = 0 THEN 'half of these are null ' || g END AS h
            FROM generate_series(1, $1) g
            """;

    private WideRows() {}

    /** The recorded messages. */
    static byte[] load() {
        try (InputStream in = Objects.requireNonNull(WideRows.class.getResourceAsStream(FILE), FILE)) {
            return in.readAllBytes();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** This number of copies of the recorded messages, one behind the other. */
    static byte[] load(int copies) {
        byte[] rows = load();
        byte[] all = new byte[copies * rows.length];
        for (int i = 0; i < copies; i++) {
            System.arraycopy(rows, 0, all, i * rows.length, rows.length);
        }
        return all;
    }

    /** The messages with a column of type numeric as text in place of binary, for who asks a server for that. */
    static byte[] withText(byte[] rows, int column) {
        ByteBuf in = Unpooled.wrappedBuffer(rows);
        ByteBuf out = Unpooled.buffer(rows.length);
        while (in.isReadable()) {
            in.skipBytes(1);
            DataRow row = DataRow.read(in.readSlice(in.readInt() - Wire.LENGTH));
            List<byte[]> columns = new ArrayList<>();
            for (int i = 0; i < row.columnCount(); i++) {
                columns.add(row.column(i));
            }
            byte[] binary = Objects.requireNonNull(columns.get(column));
            columns.set(
                    column,
                    NumericCodec.INSTANCE
                            .textOf(binary, 0, binary.length, Format.BINARY)
                            .getBytes(StandardCharsets.US_ASCII));
            DataRow.of(columns).encode(out);
        }
        return ByteBufUtil.getBytes(out);
    }

    /** Records the rows from a test server into the file that is the argument. */
    public static void main(String[] arguments) throws IOException {
        ByteBuf recorded = Unpooled.buffer();
        try (Connection connection = Postgres.connect(TestServer.shared().dsn())) {
            for (Row row : connection.execute(SQL, COUNT)) {
                List<byte[]> columns = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    columns.add(row.getRaw(i));
                }
                DataRow.of(columns).encode(recorded);
            }
        }
        Files.write(Path.of(arguments[0]), ByteBufUtil.getBytes(recorded));
    }
}
