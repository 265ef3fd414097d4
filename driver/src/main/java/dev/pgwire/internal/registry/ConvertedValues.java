package dev.pgwire.internal.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of a program as they are written, and Collections of them. */
final class ConvertedValues {
    private ConvertedValues() {}

    /** The same array, if none of its values is converted. */
    static @Nullable Object[] of(@Nullable Object[] values, Conversions conversions) {
        @Nullable Object[] converted = values;
        for (int i = 0; i < values.length; i++) {
            Object before = values[i];
            Object after = before == null ? null : of(before, conversions);
            if (after != before) {
                converted = converted == values ? values.clone() : converted;
                converted[i] = after;
            }
        }
        return converted;
    }

    private static Object of(Object value, Conversions conversions) {
        if (!(value instanceof Collection<?> collection)) {
            return conversions.base(value);
        }
        List<@Nullable Object> bases = new ArrayList<>(collection.size());
        boolean same = true;
        for (Object each : collection) {
            Object base = each == null ? null : of(each, conversions);
            same &= base == each;
            bases.add(base);
        }
        return same ? conversions.base(value) : bases;
    }
}
