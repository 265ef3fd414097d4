package dev.pgwire.internal.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.registry.TypeRegistry;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodecSampleTest {
    @ParameterizedTest
    @EnumSource
    void bothFormatsAreOfTheValue(CodecSample sample) {
        CodecBenchmark benchmark = new CodecBenchmark();
        benchmark.type = sample;
        benchmark.load();
        assertTrue(benchmark.encode());
        assertEqual(sample.value(), benchmark.decodeBinary());
        assertEqual(sample.value(), benchmark.decodeText());
    }

    @Test
    void noClassOfCodecIsLeftOut() {
        Set<Class<?>> sampled = Arrays.stream(CodecSample.values())
                .map(sample -> sample.codec().getClass())
                .collect(Collectors.toSet());
        for (FieldCodec<?> codec : IntStream.range(0, 10_000)
                .<FieldCodec<?>>mapToObj(TypeRegistry.builtin()::codec)
                .filter(found -> found != null)
                .toList()) {
            assertTrue(sampled.contains(codec.getClass()), codec.name());
        }
    }

    /** Equal, also where it is an array. */
    private static void assertEqual(Object expected, Object actual) {
        assertTrue(Objects.deepEquals(expected, actual), () -> actual + ", expected " + expected);
    }
}
