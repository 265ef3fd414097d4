package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.registry.Samples.Sample;
import dev.pgwire.protocol.Format;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A codec that is given hostile bytes, and what these are made from. */
record HostileTarget(FieldCodec<?> codec, Model model) {
    /** Gives the bytes of a value of the type. */
    @FunctionalInterface
    interface Model {
        byte[] of(Format format, SplittableRandom random);
    }

    /** Every codec, those among them that read only. */
    static Stream<HostileTarget> all() {
        return Stream.concat(Samples.all().map(HostileTarget::of), LearntSamples.readOnly());
    }

    private static <T> HostileTarget of(Sample<T> sample) {
        return new HostileTarget(
                sample.codec(),
                (format, random) -> bytes(sample.codec(), format, sample.next().apply(random)));
    }

    static <T> byte[] bytes(FieldCodec<T> codec, Format format, T value) {
        return format == Format.BINARY
                ? GrowingWriter.encoded(codec, value)
                : codec.format(value).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return codec.toString();
    }
}
