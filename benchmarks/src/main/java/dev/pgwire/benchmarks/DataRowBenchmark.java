package dev.pgwire.benchmarks;

import dev.pgwire.internal.row.PageRow;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One DataRow of ten columns, from recorded bytes to Java values: through the driver's real path, and by one hard-coded
 * loop. The unit is a row.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class DataRowBenchmark {
    private byte[] rows = {};
    private DriverPath path = new DriverPath(rows);

    /** Loads the recording. */
    @Setup
    public void load() {
        rows = WideRows.load();
        path = new DriverPath(rows);
    }

    /** Conversation, exchange, pages and getters, as for a cursor that calls next() and getX(). */
    @Benchmark
    @OperationsPerInvocation(WideRows.COUNT)
    public void driver(Blackhole hole) {
        PageRow row = path.row();
        path.decode(rows, page -> {
            for (int i = 0; i < page.size(); i++) {
                row.moveTo(page, i);
                hole.consume(row.getInt(0));
                hole.consume(row.getLong(1));
                hole.consume(row.getDouble(2));
                hole.consume(row.getBigDecimal(3));
                hole.consume(row.getString(4));
                hole.consume(row.getBoolean(5));
                hole.consume(row.getOffsetDateTime(6));
                hole.consume(row.getLocalDate(7));
                hole.consume(row.getUuid(8));
                hole.consume(row.getString(9));
            }
        });
    }

    /** The same values out of the same bytes, by a loop that knows the columns. */
    @Benchmark
    @OperationsPerInvocation(WideRows.COUNT)
    public void byHand(Blackhole hole) {
        ByHand.decode(rows, 0, rows.length, hole);
    }
}
