package dev.pgwire.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array with all that PostgreSQL knows of one: its dimensions, and the subscript at which each of them begins. A List of
 * Lists is enough for nearly all arrays; this is for those whose subscripts do not begin at 1. Immutable. Source: PostgreSQL
 * manual, 8.15 Arrays.
 *
 * @param elements all elements, those of the last dimension side by side
 * @param lengths how many subscripts each dimension has, the outermost first; none for an empty array
 * @param lowerBounds the first subscript of each dimension
 * @param <E> the Java type of the elements
 */
public record PgArray<E extends @Nullable Object>(List<E> elements, List<Integer> lengths, List<Integer> lowerBounds) {
    /** The most that PostgreSQL has. */
    private static final int MOST_DIMENSIONS = 6;

    /**
     * An array.
     *
     * @throws IllegalArgumentException if the numbers do not fit each other, or PostgreSQL has no such array
     */
    public PgArray {
        elements = Collections.unmodifiableList(new ArrayList<>(elements));
        lengths = List.copyOf(lengths);
        lowerBounds = List.copyOf(lowerBounds);
        if (lengths.size() != lowerBounds.size() || lengths.size() > MOST_DIMENSIONS) {
            throw new IllegalArgumentException(lengths.size() + " lengths and " + lowerBounds.size()
                    + " lower bounds, expected one of each for each of 0 to " + MOST_DIMENSIONS + " dimensions");
        }
        long count = lengths.isEmpty() ? 0 : 1;
        for (int i = 0; i < lengths.size(); i++) {
            if (lengths.get(i) < 1 || (long) lowerBounds.get(i) + lengths.get(i) > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a dimension of " + lengths.get(i) + " subscripts from "
                        + lowerBounds.get(i) + ", expected at least one, and all below " + Integer.MAX_VALUE);
            }
            count = Math.min(count * lengths.get(i), Integer.MAX_VALUE);
        }
        if (count != elements.size()) {
            throw new IllegalArgumentException(
                    elements.size() + " elements in dimensions of " + lengths + ", expected " + count);
        }
    }

    /**
     * An array of one dimension.
     *
     * @param lowerBound the subscript of the first element
     * @param elements the elements
     * @param <E> their Java type
     * @return an empty array, which has no subscripts, if there are no elements
     */
    public static <E extends @Nullable Object> PgArray<E> from(int lowerBound, Collection<? extends E> elements) {
        List<E> copy = new ArrayList<>(elements);
        return copy.isEmpty()
                ? new PgArray<>(copy, List.of(), List.of())
                : new PgArray<>(copy, List.of(copy.size()), List.of(lowerBound));
    }

    /**
     * An element.
     *
     * @param subscripts one for each dimension, as SQL has them: they begin at {@link #lowerBounds}
     * @return the element, null if it is NULL
     * @throws IndexOutOfBoundsException if there is none with these subscripts; SQL would give NULL
     */
    public E get(int... subscripts) {
        if (subscripts.length != lengths.size()) {
            throw new IndexOutOfBoundsException(
                    subscripts.length + " subscripts, expected " + lengths.size() + ": one for each dimension");
        }
        long index = 0;
        for (int i = 0; i < subscripts.length; i++) {
            long place = (long) subscripts[i] - lowerBounds.get(i);
            if (place < 0 || place >= lengths.get(i)) {
                throw new IndexOutOfBoundsException("subscripts " + Arrays.toString(subscripts) + ", expected from "
                        + lowerBounds + " on in dimensions of " + lengths);
            }
            index = index * lengths.get(i) + place;
        }
        return elements.get((int) index);
    }

    /**
     * The elements as a List, of Lists if there are several dimensions.
     *
     * @return an unmodifiable list
     */
    public List<?> toList() {
        return lengths.isEmpty() ? List.of() : list(0, 0, elements.size());
    }

    private List<?> list(int dimension, int from, int to) {
        if (dimension == lengths.size() - 1) {
            return elements.subList(from, to);
        }
        int step = (to - from) / lengths.get(dimension);
        List<List<?>> parts = new ArrayList<>();
        for (int at = from; at < to; at += step) {
            parts.add(list(dimension + 1, at, at + step));
        }
        return Collections.unmodifiableList(parts);
    }
}
