package dev.pgwire.benchmarks;

import dev.pgwire.internal.record.RecordMapper;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.row.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

/** One DataRow of ten columns, from recorded bytes to a record: by the mapper, and by hand. The unit is a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RecordBenchmark {
    private byte[] rows = {};
    private DriverPath path = new DriverPath(rows);

    /** The ten columns. */
    public record Wide(
            int c0,
            long c1,
            double c2,
            @Nullable BigDecimal c3,
            @Nullable String c4,
            boolean c5,
            @Nullable OffsetDateTime c6,
            @Nullable LocalDate c7,
            @Nullable UUID c8,
            @Nullable String c9) {}

    /** Loads the recording. */
    @Setup
    public void load() {
        rows = WideRows.load();
        path = new DriverPath(rows);
    }

    /** As {@code fetchAll(Wide.class)}. */
    @Benchmark
    @OperationsPerInvocation(WideRows.COUNT)
    public void mapper(Blackhole hole) {
        RecordMapper<Wide> mapper = mapperOfAPlan();
        each(mapper::map, hole);
    }

    /** The same record by its constructor. */
    @Benchmark
    @OperationsPerInvocation(WideRows.COUNT)
    public void byHand(Blackhole hole) {
        each(
                row -> new Wide(
                        row.getInt(0),
                        row.getLong(1),
                        row.getDouble(2),
                        row.getBigDecimal(3),
                        row.getString(4),
                        row.getBoolean(5),
                        row.getOffsetDateTime(6),
                        row.getLocalDate(7),
                        row.getUuid(8),
                        row.getString(9)),
                hole);
    }

    /** What each {@code fetchOne(Wide.class)} pays before its row. */
    @Benchmark
    public RecordMapper<Wide> mapperOfAPlan() {
        return path.plan().mapper(Wide.class);
    }

    private void each(Function<Row, Wide> toRecord, Blackhole hole) {
        PageRow row = path.row();
        path.decode(rows, page -> {
            for (int i = 0; i < page.size(); i++) {
                row.moveTo(page, i);
                hole.consume(toRecord.apply(row));
            }
        });
    }
}
