package dev.pgwire.benchmarks;

import dev.pgwire.internal.row.RowPage;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

/** What receiving costs before any value is decoded: a copy, the frames, the check of every column. The unit is a row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class FrameDecoderBenchmark {
    /** The recordings, one behind the other, that make about a megabyte. */
    static final int COPIES = 8;

    /** The cuts are the same in every run: what differs is not the work. */
    private static final long SEED = 20_260_101;

    private final DriverPath path = new DriverPath(WideRows.load());
    private final DriverPath longPath = new DriverPath(WideRows.load(COPIES));
    private final int[] cuts = longPath.cuts(new Random(SEED));

    /** One recording of 137 kB in reads of 64 KB. */
    @Benchmark
    @OperationsPerInvocation(WideRows.COUNT)
    public void wholeReads(Blackhole hole) {
        path.receive(hole::consume);
    }

    /**
     * A megabyte of messages, cut wherever chance wants it: in reads of 1 byte to 64 KB, of which a half are shorter than
     * 256 bytes. They are the same in every run.
     */
    @Benchmark
    @OperationsPerInvocation(COPIES * WideRows.COUNT)
    public void cutAtRandom(Blackhole hole) {
        receiveCut(hole::consume);
    }

    void receiveCut(Consumer<RowPage> reader) {
        longPath.receive(cuts, reader);
    }
}
