package dev.pgwire.internal.registry;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.BooleanCodec;
import dev.pgwire.internal.codec.DoubleCodec;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come, every codec answers with a value or a DataException, and soon. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HostileBytesTest {
    private static final int INPUTS = 100_000;
    private static final byte[] ALPHABET =
            "0123456789+-.:eE \\xabcdefNInity\0tru/\u00fflsBC".getBytes(StandardCharsets.ISO_8859_1);

    @ParameterizedTest
    @MethodSource("dev.pgwire.internal.registry.Samples#all")
    void binaryInputGivesAValueOrADataException(Samples.Sample<?> sample) {
        attack(sample, Format.BINARY);
    }

    @ParameterizedTest
    @MethodSource("dev.pgwire.internal.registry.Samples#all")
    void textInputGivesAValueOrADataException(Samples.Sample<?> sample) {
        attack(sample, Format.TEXT);
    }

    private static void attack(Samples.Sample<?> sample, Format format) {
        SplittableRandom random = Seed.take(sample + " in " + format).splittableRandom();
        for (int i = 0; i < sample.some(INPUTS); i++) {
            byte[] input = input(sample, format, random);
            try {
                read(sample.codec(), input, format, i);
            } catch (DataException e) {
                assertTrue(e.getMessage().length() < 300, e.getMessage());
            } catch (RuntimeException | Error e) {
                fail(sample + " with " + HexFormat.of().formatHex(input), e);
            }
        }
    }

    /** Every way to read a value, in turn. */
    private static void read(FieldCodec<?> codec, byte[] input, Format format, int turn) {
        boolean binary = format == Format.BINARY;
        switch (turn % 4) {
            case 0:
                GrowingWriter.decoded(codec, input, format);
                break;
            case 1:
                codec.textOf(input, 0, input.length, format);
                break;
            case 2:
                codec.generic(input, 0, input.length, format);
                break;
            default:
                if (codec instanceof LongCodec longs) {
                    long ignored =
                            binary ? longs.binaryLong(input, 0, input.length) : longs.textLong(input, 0, input.length);
                } else if (codec instanceof DoubleCodec doubles) {
                    double ignored = binary
                            ? doubles.binaryDouble(input, 0, input.length)
                            : doubles.textDouble(input, 0, input.length);
                } else if (codec instanceof BooleanCodec booleans) {
                    boolean ignored = binary
                            ? booleans.binaryBoolean(input, 0, input.length)
                            : booleans.textBoolean(input, 0, input.length);
                } else {
                    codec.decodeAs(input, 0, input.length, format, String.class);
                }
        }
    }

    /** Noise, noise that looks like the type, and real values with a few bytes changed, cut off or added. */
    private static <T> byte[] input(Samples.Sample<T> sample, Format format, SplittableRandom random) {
        int kind = random.nextInt(10);
        if (kind < 2) {
            return Samples.bytes(random, random.nextInt(40));
        }
        if (kind < 4) {
            byte[] bytes = new byte[random.nextInt(30)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = ALPHABET[random.nextInt(ALPHABET.length)];
            }
            return bytes;
        }
        T value = sample.next().apply(random);
        byte[] bytes = format == Format.BINARY
                ? GrowingWriter.encoded(sample.codec(), value)
                : sample.codec().format(value).getBytes(StandardCharsets.UTF_8);
        if (kind == 4) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length + 4));
        }
        for (int changes = random.nextInt(3); changes >= 0 && bytes.length > 0; changes--) {
            byte noise = (byte) random.nextInt(256);
            bytes[random.nextInt(bytes.length)] =
                    random.nextBoolean() ? noise : ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return bytes;
    }
}
