package dev.pgwire.it;

import dev.pgwire.row.Row;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.PgArray;
import dev.pgwire.type.Range;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Equality that looks into arrays of bytes, wherever they are, and does not ask in which format a row came. */
final class SameValue {
    private SameValue() {}

    static boolean test(@Nullable Object one, @Nullable Object other) {
        return Objects.deepEquals(deep(one), deep(other));
    }

    private static @Nullable Object deep(@Nullable Object value) {
        if (value instanceof PgArray<?> array) {
            return new Object[] {deep(array.elements()), array.lengths(), array.lowerBounds()};
        }
        if (value instanceof List<?> list) {
            return list.stream().map(SameValue::deep).toArray();
        }
        if (value instanceof Range<?> range && !range.isEmpty()) {
            return new Object[] {
                deep(range.lower()), deep(range.upper()), range.lowerInclusive(), range.upperInclusive()
            };
        }
        if (value instanceof Multirange<?> multirange) {
            return deep(multirange.ranges());
        }
        return value instanceof Row row ? deep(Arrays.asList(row.toArray())) : value;
    }
}
