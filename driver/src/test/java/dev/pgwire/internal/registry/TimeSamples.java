package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.time.IntervalCodec;
import dev.pgwire.internal.codec.time.TimetzCodec;
import dev.pgwire.internal.registry.Samples.Sample;
import dev.pgwire.type.Interval;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Random values of the types of time whose Java types {@link Samples} does not need elsewhere. */
final class TimeSamples {
    private TimeSamples() {}

    static Stream<Sample<?>> all() {
        return Stream.of(
                new Sample<>(IntervalCodec.INSTANCE, TimeSamples::interval),
                new Sample<>(TimetzCodec.INSTANCE, TimeSamples::timetz));
    }

    /** Zeros are frequent, since each decides which signs and units stand in the text. */
    static Interval interval(SplittableRandom random) {
        if (random.nextInt(40) == 0) {
            return random.nextBoolean() ? Interval.INFINITY : Interval.NEGATIVE_INFINITY;
        }
        long step = new long[] {1, 1000, 1_000_000, 60_000_000, 3_600_000_000L}[random.nextInt(5)];
        return new Interval(
                random.nextInt(3) == 0 ? 0 : (int) Samples.wholeNumber(random, 32),
                random.nextInt(3) == 0 ? 0 : (int) Samples.wholeNumber(random, 32),
                random.nextInt(3) == 0 ? 0 : Samples.wholeNumber(random, 64) / step * step);
    }

    private static OffsetTime timetz(SplittableRandom random) {
        int step = new int[] {1, 60, 1800, 3600}[random.nextInt(4)];
        int seconds = random.nextInt(10) == 0 ? 57_599 : random.nextInt(57_600) / step * step;
        return Samples.time(random).atOffset(ZoneOffset.ofTotalSeconds(random.nextBoolean() ? seconds : -seconds));
    }
}
