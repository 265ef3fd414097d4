package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.bits.BitCodec;
import dev.pgwire.internal.codec.bits.BoolCodec;
import dev.pgwire.internal.codec.bits.ByteaCodec;
import dev.pgwire.internal.codec.bits.UuidCodec;
import dev.pgwire.internal.codec.number.Float4Codec;
import dev.pgwire.internal.codec.number.Float8Codec;
import dev.pgwire.internal.codec.number.Int2Codec;
import dev.pgwire.internal.codec.number.Int4Codec;
import dev.pgwire.internal.codec.number.Int8Codec;
import dev.pgwire.internal.codec.number.MoneyCodec;
import dev.pgwire.internal.codec.number.NumericCodec;
import dev.pgwire.internal.codec.number.OidCodec;
import dev.pgwire.internal.codec.text.CharCodec;
import dev.pgwire.internal.codec.text.JsonCodec;
import dev.pgwire.internal.codec.text.JsonbCodec;
import dev.pgwire.internal.codec.text.TextCodec;
import dev.pgwire.internal.codec.text.VoidCodec;
import dev.pgwire.internal.codec.text.XmlCodec;
import dev.pgwire.internal.codec.time.DateCodec;
import dev.pgwire.internal.codec.time.TimeCodec;
import dev.pgwire.internal.codec.time.TimestampCodec;
import dev.pgwire.internal.codec.time.TimestamptzCodec;
import dev.pgwire.row.Row;
import dev.pgwire.type.BitString;
import dev.pgwire.type.Range;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Random values of every codec, the edges of each type among them. */
public final class Samples {
    private Samples() {}

    /** One codec and where its values come from. */
    public record Sample<T>(FieldCodec<T> codec, Function<SplittableRandom, T> next) {
        /**
         * A number of tries: fewer for the many arrays, ranges and multiranges, which have a class of codec each, and whose
         * elements have a test of their own.
         */
        int some(int tries) {
            return codec.getClass().getPackageName().endsWith(".array")
                            || codec.getClass().getPackageName().endsWith(".range")
                    ? tries / 20
                    : tries;
        }

        @Override
        public String toString() {
            return codec.toString();
        }
    }

    public static Stream<Sample<?>> all() {
        return Stream.concat(builtin(), LearntSamples.all());
    }

    /** Of those types that every server has. */
    static Stream<Sample<?>> builtin() {
        return Stream.of(scalars(), ComposedSamples.all()).flatMap(family -> family);
    }

    public static Stream<Sample<?>> scalars() {
        return Stream.of(
                        general(),
                        TimeSamples.all(),
                        SystemSamples.all(),
                        NetworkSamples.all(),
                        GeometrySamples.all(),
                        SearchSamples.all())
                .flatMap(family -> family);
    }

    private static Stream<Sample<?>> general() {
        return Stream.of(
                new Sample<>(BoolCodec.INSTANCE, SplittableRandom::nextBoolean),
                new Sample<>(Int2Codec.INSTANCE, random -> (short) wholeNumber(random, 16)),
                new Sample<>(Int4Codec.INSTANCE, random -> (int) wholeNumber(random, 32)),
                new Sample<>(Int8Codec.INSTANCE, random -> wholeNumber(random, 64)),
                new Sample<>(OidCodec.INSTANCE, random -> wholeNumber(random, 32) & 0xFFFF_FFFFL),
                new Sample<>(Float4Codec.INSTANCE, Samples::realNumber),
                new Sample<>(Float8Codec.INSTANCE, Samples::doubleNumber),
                new Sample<>(NumericCodec.INSTANCE, Samples::decimal),
                new Sample<>(TextCodec.TEXT, Samples::text),
                new Sample<>(TextCodec.VARCHAR, Samples::text),
                new Sample<>(TextCodec.BPCHAR, Samples::text),
                new Sample<>(TextCodec.NAME, Samples::text),
                new Sample<>(TextCodec.UNKNOWN, Samples::text),
                new Sample<>(
                        CharCodec.INSTANCE,
                        random -> random.nextInt(20) == 0 ? "" : String.valueOf((char) random.nextInt(1, 256))),
                new Sample<>(ByteaCodec.INSTANCE, random -> bytes(random, random.nextInt(40))),
                new Sample<>(UuidCodec.INSTANCE, random -> new UUID(random.nextLong(), random.nextLong())),
                new Sample<>(DateCodec.INSTANCE, Samples::date),
                new Sample<>(TimeCodec.INSTANCE, Samples::time),
                new Sample<>(TimestampCodec.INSTANCE, Samples::timestamp),
                new Sample<>(TimestamptzCodec.INSTANCE, Samples::timestamptz),
                new Sample<>(JsonCodec.INSTANCE, Samples::text),
                new Sample<>(JsonbCodec.INSTANCE, Samples::text),
                new Sample<>(JsonbCodec.JSONPATH, Samples::text),
                new Sample<>(XmlCodec.INSTANCE, Samples::text),
                new Sample<>(TextCodec.REFCURSOR, Samples::text),
                new Sample<>(TextCodec.CSTRING, Samples::text),
                new Sample<>(VoidCodec.INSTANCE, random -> ""),
                new Sample<>(MoneyCodec.INSTANCE, random -> BigDecimal.valueOf(wholeNumber(random, 64), 2)),
                new Sample<>(BitCodec.BIT, Samples::bits),
                new Sample<>(BitCodec.VARBIT, Samples::bits));
    }

    /** Numbers of each size up to a number of bits, so that small ones are not rare, and the limits themselves. */
    public static long wholeNumber(SplittableRandom random, int bits) {
        long max = bits == 64 ? Long.MAX_VALUE : (1L << (bits - 1)) - 1;
        switch (random.nextInt(20)) {
            case 0:
                return max;
            case 1:
                return -max - 1;
            case 2:
                return 0;
            default:
                return random.nextLong() >> (63 - random.nextInt(bits));
        }
    }

    public static double doubleNumber(SplittableRandom random) {
        switch (random.nextInt(6)) {
            case 0:
                double[] edges = {
                    0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE, 1e23
                };
                return edges[random.nextInt(edges.length)];
            case 1:
                return wholeNumber(random, 64);
            case 2:
                return wholeNumber(random, 54) / Math.pow(10, random.nextInt(20));
            case 3:
                // Around powers of two the distance to the neighbours changes.
                return Math.scalb(1.0, random.nextInt(-1074, 1024)) + Math.scalb(random.nextInt(-1, 2), -1074);
            case 4:
                return Double.longBitsToDouble(random.nextLong() >>> random.nextInt(12, 60));
            default:
                double any = Double.longBitsToDouble(random.nextLong());
                return Double.isNaN(any) ? Double.NaN : any;
        }
    }

    public static float realNumber(SplittableRandom random) {
        switch (random.nextInt(6)) {
            case 0:
                float[] edges = {
                    0, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE, 8589934592f
                };
                return edges[random.nextInt(edges.length)];
            case 1:
                return wholeNumber(random, 32);
            case 2:
                return (float) (wholeNumber(random, 25) / Math.pow(10, random.nextInt(10)));
            case 3:
                return Math.scalb(1f, random.nextInt(-149, 128));
            case 4:
                return Float.intBitsToFloat(random.nextInt() >>> random.nextInt(9, 30));
            default:
                float any = Float.intBitsToFloat(random.nextInt());
                return Float.isNaN(any) ? Float.NaN : any;
        }
    }

    public static BigDecimal decimal(SplittableRandom random) {
        switch (random.nextInt(10)) {
            case 0:
                return BigDecimal.valueOf(0, random.nextInt(40));
            case 1:
                return new BigDecimal(new BigInteger(bytes(random, random.nextInt(1, 60))), random.nextInt(120));
            case 2:
                return BigDecimal.valueOf(wholeNumber(random, 64), random.nextInt(24));
            case 3:
                return BigDecimal.valueOf(wholeNumber(random, 20), 0)
                        .multiply(BigDecimal.TEN.pow(random.nextInt(40)))
                        .setScale(random.nextInt(6));
            default:
                return BigDecimal.valueOf(wholeNumber(random, 40), random.nextInt(12));
        }
    }

    public static String text(SplittableRandom random) {
        StringBuilder out = new StringBuilder();
        int length = random.nextInt(24);
        int limit = new int[] {0x80, 0x100, 0x800, 0x10000, 0x110000}[random.nextInt(5)];
        while (length-- > 0) {
            int c = random.nextInt(1, limit);
            out.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 'x' : c);
        }
        return out.toString();
    }

    public static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static BitString bits(SplittableRandom random) {
        int length = random.nextInt(70);
        return BitString.of(bytes(random, (length + 7) / 8), length);
    }

    public static LocalDate date(SplittableRandom random) {
        switch (random.nextInt(10)) {
            case 0:
                return random.nextBoolean() ? LocalDate.MAX : LocalDate.MIN;
            case 1:
                return random.nextBoolean() ? LocalDate.of(-4713, 11, 24) : LocalDate.of(5874897, 12, 31);
            case 2:
                return LocalDate.of(2000, 1, 1).plusDays(random.nextInt(-2_451_545, 2_145_031_949));
            default:
                return LocalDate.of(2000, 1, 1).plusDays(random.nextInt(-1_000_000, 1_000_000));
        }
    }

    public static LocalTime time(SplittableRandom random) {
        long micros = random.nextLong(86_400_000_000L);
        long step = new long[] {1, 1000, 1_000_000, 60_000_000}[random.nextInt(4)];
        return LocalTime.ofNanoOfDay(micros / step * step * 1000);
    }

    public static LocalDateTime timestamp(SplittableRandom random) {
        LocalDate date = date(random);
        if (date.equals(LocalDate.MAX) || date.equals(LocalDate.MIN)) {
            return date.equals(LocalDate.MAX) ? LocalDateTime.MAX : LocalDateTime.MIN;
        }
        LocalTime time = time(random);
        return date.getYear() > 294_276 ? LocalDate.of(294_276, 12, 31).atTime(time) : date.atTime(time);
    }

    public static OffsetDateTime timestamptz(SplittableRandom random) {
        LocalDateTime timestamp = timestamp(random);
        if (timestamp.equals(LocalDateTime.MAX) || timestamp.equals(LocalDateTime.MIN)) {
            return timestamp.equals(LocalDateTime.MAX) ? OffsetDateTime.MAX : OffsetDateTime.MIN;
        }
        return timestamp.atOffset(ZoneOffset.UTC);
    }

    /** Equality that looks into arrays. */
    public static boolean same(Object one, Object other) {
        return Arrays.deepEquals(deep(one), deep(other));
    }

    private static Object[] deep(Object value) {
        if (value instanceof List<?> list) {
            return new Object[] {
                list.stream().map(each -> each == null ? null : deep(each)).toArray()
            };
        }
        if (value instanceof Row row) {
            // Rows are equal if their bytes are, and those of text are others.
            return deep(Arrays.asList(row.toArray()));
        }
        if (value instanceof Range<?> range && range.lower() instanceof byte[]) {
            return new Object[] {range.toString()};
        }
        return new Object[] {value};
    }

    public static List<Object> several(Sample<?> sample, SplittableRandom random, int count) {
        List<Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(sample.next().apply(random));
        }
        return values;
    }
}
