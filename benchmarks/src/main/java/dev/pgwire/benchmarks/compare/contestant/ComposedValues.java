package dev.pgwire.benchmarks.compare.contestant;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Takes the decoded rows of {@code composed}. It keeps the last values, so that no compiler can leave out what was not looked
 * at, and sums up what costs nothing to read. A thorough one looks at every value whole.
 */
public final class ComposedValues {
    private final boolean thorough;
    private long rows;
    private long sum;

    // Written and never read: a value that escapes must be made.
    @SuppressWarnings("unused")
    private @Nullable Object lastNumbers;

    @SuppressWarnings("unused")
    private String @Nullable [] lastWords;

    @SuppressWarnings("unused")
    private @Nullable OffsetDateTime lastAt;

    @SuppressWarnings("unused")
    private @Nullable Item lastItem;

    /** The composite. */
    public record Item(int id, String name, double price) {}

    /** Values to be compared with those of the others if they are thorough, else to be timed. */
    public ComposedValues(boolean thorough) {
        this.thorough = thorough;
    }

    void add(int[] numbers, String[] words, long lower, long upper, OffsetDateTime at, Item item) {
        lastNumbers = numbers;
        add(numbers[0] + numbers[9], words, lower, upper, at, item);
        if (thorough) {
            for (int number : numbers) {
                sum = sum * 31 + number;
            }
        }
    }

    void add(Integer[] numbers, String[] words, long lower, long upper, OffsetDateTime at, Item item) {
        lastNumbers = numbers;
        add(numbers[0] + numbers[9], words, lower, upper, at, item);
        if (thorough) {
            for (int number : numbers) {
                sum = sum * 31 + number;
            }
        }
    }

    private void add(int number, String[] words, long lower, long upper, OffsetDateTime at, Item item) {
        rows++;
        lastWords = words;
        lastAt = at;
        lastItem = item;
        sum += number + lower + upper + item.id() + Double.doubleToRawLongBits(item.price());
        if (thorough) {
            for (String word : words) {
                sum = sum * 31 + word.hashCode();
            }
            sum = sum * 31 + at.toInstant().hashCode();
            sum = sum * 31 + item.name().hashCode();
        }
    }

    /** Counts a row that was seen and not decoded. */
    void skip() {
        rows++;
    }

    /** The number of rows. */
    public long rows() {
        return rows;
    }

    /** What the values sum up to; 48 bits, which a double holds exactly. */
    public double checksum() {
        return (sum ^ sum >>> 48) & 0xFFFF_FFFF_FFFFL;
    }
}
