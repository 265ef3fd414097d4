package dev.pgwire.type;

import org.jspecify.annotations.Nullable;

/**
 * All values between two bounds, of which either may be missing. Immutable. Source: PostgreSQL manual, 8.17 Range Types.
 *
 * <p>The server rewrites ranges of whole numbers and dates so that they include their lower and exclude their upper bound;
 * what is made here stays as it is until the server has had it. Values are compared by {@link Comparable}.
 *
 * @param lower the lower bound, null if there is none
 * @param upper the upper bound, null if there is none
 * @param lowerInclusive whether the lower bound is in the range, false if there is none
 * @param upperInclusive whether the upper bound is in the range, false if there is none
 * @param isEmpty whether no value is in it; then it has no bounds
 * @param <T> the Java type of the values
 */
public record Range<T>(
        @Nullable T lower, @Nullable T upper, boolean lowerInclusive, boolean upperInclusive, boolean isEmpty) {
    /**
     * A range.
     *
     * @throws IllegalArgumentException if a missing bound is said to be included, or if an empty range has bounds; whether
     *     the lower bound is below the upper one the server says, by an order that may be another than Java's
     */
    public Range {
        if (isEmpty && (lower != null || upper != null || lowerInclusive || upperInclusive)) {
            throw new IllegalArgumentException("an empty range with bounds, expected none");
        }
        if (lower == null && lowerInclusive || upper == null && upperInclusive) {
            throw new IllegalArgumentException("a missing bound is included, expected it to be excluded");
        }
    }

    /**
     * The range that holds nothing.
     *
     * @param <T> the Java type of values
     * @return "empty"
     */
    public static <T> Range<T> empty() {
        return new Range<>(null, null, false, false, true);
    }

    /**
     * The range that holds everything.
     *
     * @param <T> the Java type of values
     * @return "(,)"
     */
    public static <T> Range<T> all() {
        return new Range<>(null, null, false, false, false);
    }

    /**
     * A range with its lower and without its upper bound, as the server has ranges of whole numbers and dates.
     *
     * @param lower the lower bound
     * @param upper the upper bound
     * @param <T> the Java type of values
     * @return "[lower,upper)"
     */
    public static <T> Range<T> closedOpen(T lower, T upper) {
        return new Range<>(lower, upper, true, false, false);
    }

    /**
     * A range with both bounds.
     *
     * @param lower the lower bound
     * @param upper the upper bound
     * @param <T> the Java type of values
     * @return "[lower,upper]"
     */
    public static <T> Range<T> closed(T lower, T upper) {
        return new Range<>(lower, upper, true, true, false);
    }

    /**
     * A range without its bounds.
     *
     * @param lower the lower bound
     * @param upper the upper bound
     * @param <T> the Java type of values
     * @return "(lower,upper)"
     */
    public static <T> Range<T> open(T lower, T upper) {
        return new Range<>(lower, upper, false, false, false);
    }

    /**
     * A range without its lower and with its upper bound.
     *
     * @param lower the lower bound
     * @param upper the upper bound
     * @param <T> the Java type of values
     * @return "(lower,upper]"
     */
    public static <T> Range<T> openClosed(T lower, T upper) {
        return new Range<>(lower, upper, false, true, false);
    }

    /**
     * A value and all above it.
     *
     * @param lower the lower bound
     * @param <T> the Java type of values
     * @return "[lower,)"
     */
    public static <T> Range<T> atLeast(T lower) {
        return new Range<>(lower, null, true, false, false);
    }

    /**
     * All above a value.
     *
     * @param lower the lower bound
     * @param <T> the Java type of values
     * @return "(lower,)"
     */
    public static <T> Range<T> greaterThan(T lower) {
        return new Range<>(lower, null, false, false, false);
    }

    /**
     * A value and all below it.
     *
     * @param upper the upper bound
     * @param <T> the Java type of values
     * @return "(,upper]"
     */
    public static <T> Range<T> atMost(T upper) {
        return new Range<>(null, upper, false, true, false);
    }

    /**
     * All below a value.
     *
     * @param upper the upper bound
     * @param <T> the Java type of values
     * @return "(,upper)"
     */
    public static <T> Range<T> lessThan(T upper) {
        return new Range<>(null, upper, false, false, false);
    }

    /**
     * Whether a value lies in the range.
     *
     * @param value the value
     * @return false for every value if the range is empty
     * @throws ClassCastException if values of this class cannot be compared
     */
    public boolean contains(T value) {
        if (isEmpty) {
            return false;
        }
        if (lower != null) {
            int above = compare(value, lower);
            if (above < 0 || above == 0 && !lowerInclusive) {
                return false;
            }
        }
        if (upper != null) {
            int above = compare(value, upper);
            return above < 0 || above == 0 && upperInclusive;
        }
        return true;
    }

    /**
     * Whether all of another range lies in this one.
     *
     * @param other the other one
     * @return true for an empty one
     * @throws ClassCastException if values of this class cannot be compared
     */
    public boolean contains(Range<T> other) {
        return other.isEmpty || !isEmpty && compareLower(other) <= 0 && compareUpper(other) >= 0;
    }

    /**
     * Whether the two have a value in common. That is said from the bounds alone: of whole numbers {@code (1,2)} holds none,
     * which only the server knows.
     *
     * @param other the other one
     * @return false if one is empty
     * @throws ClassCastException if values of this class cannot be compared
     */
    public boolean intersects(Range<T> other) {
        return !isEmpty && !other.isEmpty && beginsBeforeEndOf(other) && other.beginsBeforeEndOf(this);
    }

    /**
     * What the two have in common.
     *
     * @param other the other one
     * @return an empty range if that is nothing
     * @throws ClassCastException if values of this class cannot be compared
     */
    public Range<T> intersection(Range<T> other) {
        if (!intersects(other)) {
            return empty();
        }
        Range<T> low = compareLower(other) >= 0 ? this : other;
        Range<T> high = compareUpper(other) <= 0 ? this : other;
        return new Range<>(low.lower, high.upper, low.lowerInclusive, high.upperInclusive, false);
    }

    private boolean beginsBeforeEndOf(Range<T> other) {
        if (lower == null || other.upper == null) {
            return true;
        }
        int difference = compare(lower, other.upper);
        return difference < 0 || difference == 0 && lowerInclusive && other.upperInclusive;
    }

    private int compareLower(Range<T> other) {
        if (lower == null || other.lower == null) {
            return Boolean.compare(lower != null, other.lower != null);
        }
        int difference = compare(lower, other.lower);
        return difference != 0 ? difference : Boolean.compare(other.lowerInclusive, lowerInclusive);
    }

    private int compareUpper(Range<T> other) {
        if (upper == null || other.upper == null) {
            return Boolean.compare(upper == null, other.upper == null);
        }
        int difference = compare(upper, other.upper);
        return difference != 0 ? difference : Boolean.compare(upperInclusive, other.upperInclusive);
    }

    @SuppressWarnings("unchecked") // What cannot be compared throws.
    private static <T> int compare(T one, T other) {
        return ((Comparable<T>) one).compareTo(other);
    }

    /**
     * The range with its bounds as Java prints them.
     *
     * @return for example "[1,10)"
     */
    @Override
    public String toString() {
        if (isEmpty) {
            return "empty";
        }
        return (lowerInclusive ? "[" : "(")
                + (lower == null ? "" : lower)
                + ","
                + (upper == null ? "" : upper)
                + (upperInclusive ? "]" : ")");
    }
}
