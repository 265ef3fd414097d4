package dev.pgwire.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One DataRow of ten columns, from recorded bytes to Java values: through the driver's real path, by one hard-coded loop,
 * and by what the jars of other drivers expose of theirs without a connection: their classes here say what that is and what
 * it leaves out. The driver begins behind its FrameDecoder, which has a benchmark of its own. The unit is a row.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class DataRowBenchmark {
    private final byte[] rows = WideRows.load();

    /** Conversation, exchange, pages and getters, as for a cursor that calls next() and getX(). */
    @Benchmark
    @OperationsPerInvocation(WideRows.COUNT)
    public void driver(DriverDecoder driver, Blackhole hole) {
        driver.decode(new Values.Consumed(hole));
    }

    /** The same values out of the same bytes, by a loop that knows the columns. */
    @Benchmark
    @OperationsPerInvocation(WideRows.COUNT)
    public void byHand(Blackhole hole) {
        ByHand.decode(rows, 0, rows.length, new Values.Consumed(hole));
    }

    /** pgjdbc's stream of tuples and its converters, without its ResultSet. */
    @Benchmark
    @OperationsPerInvocation(WideRows.COUNT)
    public void pgjdbc(PgjdbcDecoder pgjdbc, Blackhole hole) {
        pgjdbc.decode(new Values.Consumed(hole));
    }

    /** vertx-pg-client's codec and its row, without its decoders of messages and rows. */
    @Benchmark
    @OperationsPerInvocation(WideRows.COUNT)
    public void vertx(VertxDecoder vertx, Blackhole hole) {
        vertx.decode(new Values.Consumed(hole));
    }

    /** r2dbc-postgresql's decoder of messages and its codecs, without its row and without Reactor. */
    @Benchmark
    @OperationsPerInvocation(WideRows.COUNT)
    public void r2dbc(R2dbcDecoder r2dbc, Blackhole hole) {
        r2dbc.decode(new Values.Consumed(hole));
    }
}
