package dev.pgwire.internal.registry;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.BooleanCodec;
import dev.pgwire.internal.codec.DoubleCodec;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes come, every codec answers with a value or a DataException, and soon. Maven gives these tests a heap of 64 MB,
 * which a codec that believes a length soon fills.
 */
@Tag("small-heap")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HostileBytesTest {
    /** For each codec, half of them in each format. */
    private static final int INPUTS = Seed.draws(100_000);

    private static final List<Class<?>> CLASSES = List.of(
            String.class, String[].class, int[].class, Object[].class, double[][].class, List.class, Long.class);

    @ParameterizedTest
    @MethodSource("dev.pgwire.internal.registry.HostileTarget#all")
    void anyBytesGiveAValueOrADataException(HostileTarget target) {
        SplittableRandom random = Seed.take(target).splittableRandom();
        CompletableFuture<?>[] attacks = new CompletableFuture<?>[2];
        for (Format format : Format.values()) {
            HostileInputs inputs = new HostileInputs(target, format, random.split());
            // Most of the time goes into the stack traces of exceptions, which are short in a thread of its own.
            attacks[format.ordinal()] = CompletableFuture.runAsync(
                    () -> attack(target.codec(), format, inputs), attack -> new Thread(attack).start());
        }
        CompletableFuture.allOf(attacks).join();
    }

    @Test
    void theHeapIsSmall() {
        assumeTrue(System.getProperty("surefire.real.class.path") != null, "not started by Maven");
        assertTrue(
                Runtime.getRuntime().maxMemory() <= 64 << 20,
                () -> "the heap may grow to " + Runtime.getRuntime().maxMemory());
    }

    private static void attack(FieldCodec<?> codec, Format format, HostileInputs inputs) {
        for (int i = 0; i < INPUTS / 2; i++) {
            byte[] input = inputs.next();
            try {
                read(codec, input, format, i);
            } catch (DataException e) {
                assertTrue(e.getMessage().length() < 300, e.getMessage());
            } catch (RuntimeException | Error e) {
                String shown = HexFormat.of().formatHex(input, 0, Math.min(input.length, 2000));
                throw new AssertionError(codec + " with " + input.length + " bytes, " + shown, e);
            }
        }
    }

    /** Every way to read a value, in turn. */
    private static void read(FieldCodec<?> codec, byte[] input, Format format, int turn) {
        switch (turn % 5) {
            case 0:
                look(GrowingWriter.decoded(codec, input, format));
                break;
            case 1:
                codec.textOf(input, 0, input.length, format);
                break;
            case 2:
                look(codec.generic(input, 0, input.length, format));
                break;
            case 3:
                primitive(codec, input, format);
                break;
            default:
                codec.decodeAs(input, 0, input.length, format, CLASSES.get(turn / 5 % CLASSES.size()));
        }
    }

    /** The fields of a row are read when they are asked for. */
    private static void look(@Nullable Object value) {
        if (value instanceof Row row) {
            look(Arrays.asList(row.toArray()));
        } else if (value instanceof List<?> values) {
            values.forEach(HostileBytesTest::look);
        }
    }

    private static void primitive(FieldCodec<?> codec, byte[] input, Format format) {
        boolean binary = format == Format.BINARY;
        if (codec instanceof LongCodec longs) {
            long ignored = binary ? longs.binaryLong(input, 0, input.length) : longs.textLong(input, 0, input.length);
        } else if (codec instanceof DoubleCodec doubles) {
            double ignored =
                    binary ? doubles.binaryDouble(input, 0, input.length) : doubles.textDouble(input, 0, input.length);
        } else if (codec instanceof BooleanCodec booleans) {
            boolean ignored = binary
                    ? booleans.binaryBoolean(input, 0, input.length)
                    : booleans.textBoolean(input, 0, input.length);
        } else {
            codec.outputOf(input, 0, input.length, format);
        }
    }
}
