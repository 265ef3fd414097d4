package dev.pgwire.benchmarks.compare.contestant;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes the decoded rows of {@code wide}. It keeps the last values, so that no compiler can leave out what was not looked
 * at, and sums up what costs nothing to read. A thorough one looks at every value whole: it proves once that all
 * contestants decode the same, and is not timed.
 */
public final class WideValues {
    private final boolean thorough;
    private long rows;
    private long sum;

    // Written and never read: a value that escapes must be made.
    @SuppressWarnings("unused")
    private @Nullable BigDecimal lastNumeric;

    @SuppressWarnings("unused")
    private @Nullable String lastText;

    @SuppressWarnings("unused")
    private @Nullable OffsetDateTime lastTimestamp;

    @SuppressWarnings("unused")
    private @Nullable LocalDate lastDate;

    @SuppressWarnings("unused")
    private @Nullable UUID lastUuid;

    @SuppressWarnings("unused")
    private @Nullable String lastHalf;

    private WideValues(boolean thorough) {
        this.thorough = thorough;
    }

    /** Values to be timed. */
    public static WideValues timed() {
        return new WideValues(false);
    }

    /** Values to be compared with those of the others. */
    public static WideValues thorough() {
        return new WideValues(true);
    }

    /** Takes a row. */
    public void add(
            int i4,
            long i8,
            double f8,
            BigDecimal n,
            String t,
            boolean b,
            OffsetDateTime tz,
            LocalDate d,
            UUID u,
            @Nullable String h) {
        rows++;
        lastNumeric = n;
        lastText = t;
        lastTimestamp = tz;
        lastDate = d;
        lastUuid = u;
        lastHalf = h;
        sum += i4 + i8 + Double.doubleToRawLongBits(f8) + (b ? 1 : 0);
        if (thorough) {
            sum = sum * 31 + n.hashCode();
            sum = sum * 31 + t.hashCode();
            sum = sum * 31 + tz.toInstant().hashCode();
            sum = sum * 31 + d.hashCode();
            sum = sum * 31 + u.hashCode();
            sum = sum * 31 + (h == null ? 7 : h.hashCode());
        }
    }

    /** Counts a row that was seen and not decoded. */
    public void skip() {
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
