package dev.pgwire.type;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Several ranges of the same values. Immutable. The server sorts them and makes one of those that touch or overlap; what is
 * made here stays as it is until the server has had it. Source: PostgreSQL manual, 8.17 Range Types.
 *
 * @param ranges the ranges
 * @param <T> the Java type of the values
 */
public record Multirange<T>(List<Range<T>> ranges) {
    /** Several ranges, which are copied. */
    public Multirange {
        ranges = List.copyOf(ranges);
    }

    /**
     * Several ranges.
     *
     * @param ranges the ranges, none for an empty multirange
     * @param <T> the Java type of the values
     * @return a multirange of them
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // They are only copied.
    public static <T> Multirange<T> of(Range<T>... ranges) {
        return new Multirange<>(List.of(ranges));
    }

    /**
     * Whether no value is in it.
     *
     * @return true as well if all its ranges are empty
     */
    public boolean isEmpty() {
        return ranges.stream().allMatch(Range::isEmpty);
    }

    /**
     * Whether a value lies in one of the ranges.
     *
     * @param value the value
     * @return whether it does
     * @throws ClassCastException if values of this class cannot be compared
     */
    public boolean contains(T value) {
        return ranges.stream().anyMatch(range -> range.contains(value));
    }

    /**
     * Whether a range has a value in common with one of these.
     *
     * @param other the range
     * @return false if it is empty
     * @throws ClassCastException if values of this class cannot be compared
     */
    public boolean intersects(Range<T> other) {
        return ranges.stream().anyMatch(range -> range.intersects(other));
    }

    /**
     * The ranges with their bounds as Java prints them.
     *
     * @return for example "{[1,10),[20,)}"
     */
    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
