package dev.pgwire.internal.codec.array;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.PgArray;
import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Java value that is to be an array, with its elements side by side. */
final class FlatArray {
    final Collection<? extends @Nullable Object> elements;
    final int[] lengths;
    final int[] lowerBounds;
    final boolean hasNull;

    private FlatArray(Collection<? extends @Nullable Object> elements, int[] lengths, int[] lowerBounds) {
        this.elements = elements;
        this.lengths = elements.isEmpty() ? Elements.NONE : lengths;
        this.lowerBounds = elements.isEmpty() ? Elements.NONE : lowerBounds;
        hasNull = !(elements instanceof Primitives) && hasNull(elements);
    }

    private static boolean hasNull(Collection<? extends @Nullable Object> elements) {
        for (Object element : elements) {
            if (element == null) {
                return true;
            }
        }
        return false;
    }

    /**
     * The elements of a value.
     *
     * @return null if it is neither a Collection nor an array, or if the parts of one dimension have different lengths
     */
    static @Nullable FlatArray of(FieldCodec<?> element, Object value) {
        if (value instanceof PgArray<?> exact) {
            return new FlatArray(exact.elements(), numbers(exact.lengths()), numbers(exact.lowerBounds()));
        }
        Collection<? extends @Nullable Object> level = members(value);
        if (level == null) {
            return null;
        }
        int[] lengths = {level.size()};
        while (isOfParts(element, level)) {
            if (lengths.length == Elements.MOST_DIMENSIONS) {
                return null;
            }
            List<@Nullable Object> below = new ArrayList<>();
            int length = -1;
            for (Object part : level) {
                Collection<? extends @Nullable Object> members = part == null ? null : members(part);
                if (members == null || (length >= 0 && members.size() != length)) {
                    return null;
                }
                length = members.size();
                below.addAll(members);
            }
            lengths = Arrays.copyOf(lengths, lengths.length + 1);
            lengths[lengths.length - 1] = length;
            level = below;
        }
        int[] lowerBounds = new int[lengths.length];
        Arrays.fill(lowerBounds, 1);
        return new FlatArray(level, lengths, lowerBounds);
    }

    /** Whether what stands side by side are not elements, but parts of the next dimension. */
    private static boolean isOfParts(FieldCodec<?> element, Collection<? extends @Nullable Object> level) {
        if (level.isEmpty()) {
            return false;
        }
        Object first = level.iterator().next();
        return first != null
                && (first instanceof Collection<?> || first.getClass().isArray())
                && !element.accepts(first)
                && element.literal(first) == null;
    }

    /** What a Collection or an array has side by side; null if the value is neither. */
    static @Nullable Collection<? extends @Nullable Object> members(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection;
        }
        if (value instanceof Object[] array) {
            return Arrays.asList(array);
        }
        return value.getClass().isArray() ? new Primitives(value) : null;
    }

    private static int[] numbers(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether the codec accepts all of them. */
    boolean isOf(FieldCodec<?> element) {
        for (Object each : elements) {
            if (each != null && !element.accepts(each)) {
                return false;
            }
        }
        return true;
    }

    /** The text of the array, from the texts of its elements; null if one of them has none. */
    @Nullable
    String literal(FieldCodec<?> element, char delimiter) {
        List<@Nullable String> texts = new ArrayList<>(elements.size());
        for (Object each : elements) {
            String text = each == null ? null : element.part(each);
            if (each != null && text == null) {
                return null;
            }
            texts.add(text);
        }
        ArrayText out = new ArrayText(delimiter);
        if (texts.isEmpty()) {
            out.open();
            out.close();
        } else {
            out.bounds(lengths, lowerBounds);
            print(texts, 0, 0, texts.size(), out);
        }
        return out.toString();
    }

    private void print(List<@Nullable String> texts, int dimension, int from, int to, ArrayText out) {
        out.open();
        int step = (to - from) / lengths[dimension];
        for (int at = from; at < to; at += step) {
            if (at > from) {
                out.between();
            }
            String text = texts.get(at);
            if (dimension < lengths.length - 1) {
                print(texts, dimension + 1, at, at + step, out);
            } else if (text == null) {
                out.ofNull();
            } else {
                out.element(text);
            }
        }
        out.close();
    }

    /** An array of primitives, seen as a list. */
    private static final class Primitives extends AbstractList<Object> {
        private final Object array;

        Primitives(Object array) {
            this.array = array;
        }

        @Override
        public Object get(int index) {
            return Array.get(array, index);
        }

        @Override
        public int size() {
            return Array.getLength(array);
        }
    }
}
