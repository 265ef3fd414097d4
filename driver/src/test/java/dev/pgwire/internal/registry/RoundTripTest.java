package dev.pgwire.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is what is read, for random values of every type. */
class RoundTripTest {
    private static final int VALUES = 20_000;

    @ParameterizedTest
    @MethodSource("dev.pgwire.internal.registry.Samples#all")
    <T> void binaryAndTextGiveTheSameValueBack(Samples.Sample<T> sample) {
        SplittableRandom random = Seed.take(sample).splittableRandom();
        FieldCodec<T> codec = sample.codec();
        for (int i = 0; i < sample.some(VALUES); i++) {
            T value = sample.next().apply(random);
            assertTrue(codec.accepts(value), () -> "accepts " + value);
            byte[] binary = GrowingWriter.encoded(codec, value);
            String text = codec.format(value);
            byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);

            T fromBinary = GrowingWriter.decoded(codec, binary, Format.BINARY);
            assertTrue(Samples.same(value, fromBinary), () -> value + " became " + fromBinary);
            T fromText = GrowingWriter.decoded(codec, textBytes, Format.TEXT);
            assertTrue(Samples.same(value, fromText), () -> value + " became " + fromText + " by way of " + text);
            assertEquals(text, codec.textOf(binary, 0, binary.length, Format.BINARY));
            assertEquals(text, codec.textOf(textBytes, 0, textBytes.length, Format.TEXT));
            FieldBuffer written = new FieldBuffer();
            codec.encodeText(value, written);
            assertEquals(
                    codec.outputOf(binary, 0, binary.length, Format.BINARY),
                    new String(written.bytes(), 0, written.size(), StandardCharsets.UTF_8));
            assertTrue(Samples.same(value, codec.generic(binary, 0, binary.length, Format.BINARY)));
            assertTrue(Samples.same(value, codec.convert(value, Object.class)));
            // The text of a type that is text in Java is the value itself, also where the server escapes it.
            String asString = codec.javaType() == String.class ? (String) value : text;
            assertEquals(asString, codec.convert(value, String.class));
            assertEquals(asString, codec.decodeAs(binary, 0, binary.length, Format.BINARY, String.class));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.pgwire.internal.registry.Samples#all")
    <T> void aValueIsReadFromTheMiddleOfAnArray(Samples.Sample<T> sample) {
        SplittableRandom random = Seed.take(sample).splittableRandom();
        FieldCodec<T> codec = sample.codec();
        for (int i = 0; i < sample.some(VALUES / 10); i++) {
            T value = sample.next().apply(random);
            for (Format format : Format.values()) {
                byte[] bytes = format == Format.BINARY
                        ? GrowingWriter.encoded(codec, value)
                        : codec.format(value).getBytes(StandardCharsets.UTF_8);
                byte[] around = Samples.bytes(random, bytes.length + 20);
                int offset = random.nextInt(20);
                System.arraycopy(bytes, 0, around, offset, bytes.length);
                T read = format == Format.BINARY
                        ? codec.decodeBinary(around, offset, bytes.length)
                        : codec.decodeText(around, offset, bytes.length);
                assertTrue(Samples.same(value, read), () -> value + " became " + read);
            }
        }
    }
}
