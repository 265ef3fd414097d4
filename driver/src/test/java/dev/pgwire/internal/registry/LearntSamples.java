package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.contrib.ContribCodecs;
import dev.pgwire.internal.registry.Samples.Sample;
import dev.pgwire.internal.row.CompositeCodecs;
import dev.pgwire.protocol.Format;
import dev.pgwire.row.Row;
import dev.pgwire.type.Cube;
import dev.pgwire.type.PgType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random values of types that have to be learnt: those of extensions, and a composite in a composite. */
final class LearntSamples {
    private static final PgType.Composite INNER = new PgType.Composite(
            90_001,
            "public",
            "inner",
            List.of(attribute("number", 23), attribute("text", 25), attribute("flags", 1000)));

    private static final PgType.Composite OUTER = new PgType.Composite(
            90_002,
            "public",
            "outer",
            List.of(
                    attribute("price", 1700),
                    new PgType.Attribute("inner", INNER),
                    new PgType.Attribute("inners", new PgType.Array(90_003, "public", "_inner", INNER, ','))));

    private LearntSamples() {}

    private static PgType.Attribute attribute(String name, int type) {
        return new PgType.Attribute(name, Objects.requireNonNull(BuiltinTypes.of(type)));
    }

    private static DatabaseTypes types() {
        DatabaseTypes types = new DatabaseTypes("samples", new CompositeCodecs(), ProgramCodecs.NONE);
        types.catalogue()
                .learn(
                        new int[0],
                        Map.of(
                                90_001,
                                INNER,
                                90_002,
                                OUTER,
                                90_003,
                                OUTER.attributes().get(2).type()));
        return types;
    }

    static Stream<Sample<?>> all() {
        DatabaseTypes types = types();
        return Stream.of(
                new Sample<>(contrib("hstore"), LearntSamples::pairs),
                new Sample<>(contrib("cube"), LearntSamples::cube),
                new Sample<>(contrib("ltree"), Samples::text),
                rows(codec(types, 90_001), LearntSamples::inner),
                rows(
                        codec(types, 90_002),
                        random -> Arrays.asList(
                                Samples.decimal(random),
                                random.nextInt(4) == 0 ? null : inner(random),
                                List.of(inner(random), inner(random)))));
    }

    /** Rows without a type, whose bytes are those of composites, and arrays of them. */
    static Stream<HostileTarget> readOnly() {
        DatabaseTypes types = types();
        FieldCodec<Row> record = codec(types, 2249);
        Sample<Row> composite = rows(codec(types, 90_001), LearntSamples::inner);
        FieldCodec<?> array = Objects.requireNonNull(types.codec(90_003));
        return Stream.of(
                new HostileTarget(
                        record,
                        (format, random) -> HostileTarget.bytes(
                                composite.codec(), format, composite.next().apply(random))),
                new HostileTarget(Objects.requireNonNull(types.codec(2287)), (format, random) -> {
                    byte[] bytes = GrowingWriter.encoded(array, List.of(inner(random), inner(random)));
                    if (format == Format.TEXT) {
                        return array.textOf(bytes, 0, bytes.length, Format.BINARY)
                                .getBytes(StandardCharsets.UTF_8);
                    }
                    // The element's oid is that of record.
                    bytes[8] = 0;
                    bytes[9] = 0;
                    bytes[10] = (byte) (2249 >> 8);
                    bytes[11] = (byte) 2249;
                    return bytes;
                }));
    }

    @SuppressWarnings("unchecked") // The values are made for the codec.
    private static <T> FieldCodec<T> contrib(String name) {
        return (FieldCodec<T>) Objects.requireNonNull(ContribCodecs.of(name, name));
    }

    @SuppressWarnings("unchecked") // It is that of a composite.
    private static FieldCodec<Row> codec(DatabaseTypes types, int oid) {
        return (FieldCodec<Row>) Objects.requireNonNull(types.codec(oid));
    }

    /** Rows that are read from the values of their attributes. */
    private static Sample<Row> rows(FieldCodec<Row> codec, Function<SplittableRandom, List<@Nullable Object>> values) {
        return new Sample<>(codec, random -> {
            byte[] written = GrowingWriter.encoded(codec, values.apply(random));
            return GrowingWriter.decoded(codec, written, Format.BINARY);
        });
    }

    private static List<@Nullable Object> inner(SplittableRandom random) {
        return Arrays.asList(
                random.nextInt(5) == 0 ? null : random.nextInt(),
                random.nextInt(5) == 0 ? null : Samples.text(random),
                List.of(random.nextBoolean(), random.nextBoolean()));
    }

    private static Map<String, @Nullable String> pairs(SplittableRandom random) {
        Map<String, @Nullable String> pairs = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            pairs.put(Samples.text(random), random.nextInt(4) == 0 ? null : Samples.text(random));
        }
        return pairs;
    }

    private static Cube cube(SplittableRandom random) {
        List<Double> lower = new ArrayList<>();
        List<Double> upper = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            lower.add(Samples.doubleNumber(random));
            upper.add(Samples.doubleNumber(random));
        }
        return new Cube(lower, random.nextBoolean() ? lower : upper);
    }
}
