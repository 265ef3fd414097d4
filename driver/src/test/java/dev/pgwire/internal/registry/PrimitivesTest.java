package dev.pgwire.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.BooleanCodec;
import dev.pgwire.internal.codec.DoubleCodec;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.internal.codec.bits.BoolCodec;
import dev.pgwire.internal.codec.number.Float4Codec;
import dev.pgwire.internal.codec.number.Float8Codec;
import dev.pgwire.internal.codec.number.Int2Codec;
import dev.pgwire.internal.codec.number.Int4Codec;
import dev.pgwire.internal.codec.number.Int8Codec;
import dev.pgwire.internal.codec.number.NumericCodec;
import dev.pgwire.internal.codec.number.OidCodec;
import dev.pgwire.testing.Seed;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The paths without boxing. */
class PrimitivesTest {
    @Test
    void theyReadWhatTheBoxedOnesRead() {
        SplittableRandom random = Seed.take().splittableRandom();
        for (Samples.Sample<?> sample : Samples.all().toList()) {
            for (int i = 0; i < 5_000; i++) {
                compare(sample, random);
            }
        }
    }

    private static <T> void compare(Samples.Sample<T> sample, SplittableRandom random) {
        FieldCodec<T> codec = sample.codec();
        T value = sample.next().apply(random);
        byte[] binary = GrowingWriter.encoded(codec, value);
        byte[] text = codec.format(value).getBytes(StandardCharsets.UTF_8);
        if (codec instanceof LongCodec longs) {
            assertEquals(((Number) value).longValue(), longs.binaryLong(binary, 0, binary.length));
            assertEquals(((Number) value).longValue(), longs.textLong(text, 0, text.length));
        }
        if (codec instanceof DoubleCodec doubles && codec != NumericCodec.INSTANCE) {
            assertEquals(((Number) value).doubleValue(), doubles.binaryDouble(binary, 0, binary.length));
            assertEquals(((Number) value).doubleValue(), doubles.textDouble(text, 0, text.length));
        }
        if (codec instanceof BooleanCodec booleans) {
            assertEquals(value, booleans.binaryBoolean(binary, 0, binary.length));
            assertEquals(value, booleans.textBoolean(text, 0, text.length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+1", " 1", "1 ", "1.0", "0x1", "32768", "-32769", "9223372036854775808", "١"})
    void whatIsNoSmallintIsRefused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThrows(DataException.class, () -> Int2Codec.INSTANCE.textLong(bytes, 0, bytes.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9223372036854775808", "-9223372036854775809", "18446744073709551616", "99999999999999999999"})
    void whatOverflowsIsRefused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThrows(DataException.class, () -> Int8Codec.INSTANCE.textLong(bytes, 0, bytes.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "1d", "1f", "0x1p3", "1e", "1e+", "+1", "nan", "infinity", "1e400", "-1e400", "1_0"
            })
    void whatIsNoFloatIsRefused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThrows(DataException.class, () -> Float8Codec.INSTANCE.textDouble(bytes, 0, bytes.length));
        assertThrows(DataException.class, () -> Float4Codec.INSTANCE.textDouble(bytes, 0, bytes.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0", "T", "tru", "yes", "trueé"})
    void whatIsNoBooleanIsRefused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThrows(DataException.class, () -> BoolCodec.INSTANCE.textBoolean(bytes, 0, bytes.length));
    }

    @Test
    void theyDoNotAllocate() {
        byte[] eight = {0, 1, 2, 3, 4, 5, 6, 7};
        byte[] one = {1};
        byte[] digits = "-1234567".getBytes(StandardCharsets.UTF_8);
        byte[] fraction = "12345.67".getBytes(StandardCharsets.UTF_8);
        byte[] real = "123.45".getBytes(StandardCharsets.UTF_8);
        byte[] price = GrowingWriter.encoded(NumericCodec.INSTANCE, 1234.56);
        doesNotAllocate("int2 binary", () -> Int2Codec.INSTANCE.binaryLong(eight, 3, 2));
        doesNotAllocate("int4 binary", () -> Int4Codec.INSTANCE.binaryLong(eight, 3, 4));
        doesNotAllocate("int8 binary", () -> Int8Codec.INSTANCE.binaryLong(eight, 0, 8));
        doesNotAllocate("oid binary", () -> OidCodec.INSTANCE.binaryLong(eight, 1, 4));
        doesNotAllocate("int4 text", () -> Int4Codec.INSTANCE.textLong(digits, 0, 8));
        doesNotAllocate("int8 text", () -> Int8Codec.INSTANCE.textLong(digits, 0, 8));
        doesNotAllocate("float4 binary", () -> (long) Float4Codec.INSTANCE.binaryDouble(eight, 0, 4));
        doesNotAllocate("float8 binary", () -> (long) Float8Codec.INSTANCE.binaryDouble(eight, 0, 8));
        doesNotAllocate("float4 text", () -> (long) Float4Codec.INSTANCE.textDouble(real, 0, 6));
        doesNotAllocate("float8 text", () -> (long) Float8Codec.INSTANCE.textDouble(fraction, 0, 8));
        doesNotAllocate("numeric as double", () -> (long) NumericCodec.INSTANCE.binaryDouble(price, 0, price.length));
        doesNotAllocate("bool binary", () -> BoolCodec.INSTANCE.binaryBoolean(one, 0, 1) ? 1 : 0);
    }

    private static void doesNotAllocate(String what, LongSupplier read) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        long allocated = Long.MAX_VALUE;
        // The first rounds link and compile; the least of all is what reading itself takes.
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                sum += read.getAsLong();
            }
            allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
        }
        // Less than one byte per value leaves room for what the measurement takes.
        assertEquals(0, allocated / 10_000, what + " (sum " + sum + ")");
    }
}
