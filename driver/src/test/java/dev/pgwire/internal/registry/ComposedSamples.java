package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.registry.Samples.Sample;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.PgType;
import dev.pgwire.type.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random values of all built-in types that are made of others. */
final class ComposedSamples {
    private static final TypeRegistry TYPES = TypeRegistry.builtin();

    private ComposedSamples() {}

    static Stream<Sample<?>> all() {
        Map<String, Function<SplittableRandom, ?>> elements =
                Samples.scalars().collect(Collectors.toMap(Sample::toString, Sample::next));
        return IntStream.range(0, 7000)
                .mapToObj(BuiltinTypes::of)
                .filter(type -> type != null && isComposed(type) && TYPES.codec((int) type.oid()) != null)
                .map(type -> new Sample<>(codec(type), random -> value(type, elements, random)));
    }

    private static boolean isComposed(PgType type) {
        return type instanceof PgType.Array || type instanceof PgType.Range || type instanceof PgType.Multirange;
    }

    @SuppressWarnings("unchecked") // The values are made for the codec.
    private static FieldCodec<Object> codec(PgType type) {
        return (FieldCodec<Object>) Objects.requireNonNull(TYPES.codec((int) type.oid()));
    }

    private static Object value(
            PgType type, Map<String, Function<SplittableRandom, ?>> elements, SplittableRandom random) {
        if (type instanceof PgType.Array array) {
            return random.nextInt(8) == 0
                    ? List.of()
                    : list(array.element(), elements, random, random.nextInt(1, 4), new int[] {
                        random.nextInt(1, 4), random.nextInt(1, 4), random.nextInt(1, 4)
                    });
        }
        if (type instanceof PgType.Range range) {
            return range(range, elements, random);
        }
        if (type instanceof PgType.Multirange multirange) {
            List<Range<Object>> ranges = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                ranges.add(range(multirange.range(), elements, random));
            }
            return new Multirange<>(ranges);
        }
        Function<SplittableRandom, ?> next = elements.get(type.name());
        if (next == null) {
            throw new IllegalStateException("no samples of " + type.name());
        }
        return next.apply(random);
    }

    private static List<@Nullable Object> list(
            PgType element,
            Map<String, Function<SplittableRandom, ?>> elements,
            SplittableRandom random,
            int dimensions,
            int[] lengths) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < lengths[dimensions - 1]; i++) {
            if (dimensions > 1) {
                values.add(list(element, elements, random, dimensions - 1, lengths));
            } else {
                values.add(random.nextInt(5) == 0 ? null : value(element, elements, random));
            }
        }
        return Collections.unmodifiableList(values);
    }

    /** Whether the lower bound is below the upper one, no codec asks. */
    private static Range<Object> range(
            PgType.Range range, Map<String, Function<SplittableRandom, ?>> elements, SplittableRandom random) {
        Object lower = value(range.subtype(), elements, random);
        Object upper = value(range.subtype(), elements, random);
        return switch (random.nextInt(8)) {
            case 0 -> Range.empty();
            case 1 -> Range.all();
            case 2 -> Range.atLeast(lower);
            case 3 -> Range.lessThan(upper);
            case 4 -> Range.closed(lower, upper);
            case 5 -> Range.open(lower, upper);
            case 6 -> Range.openClosed(lower, upper);
            default -> Range.closedOpen(lower, upper);
        };
    }
}
