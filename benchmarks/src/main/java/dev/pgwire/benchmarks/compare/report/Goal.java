package dev.pgwire.benchmarks.compare.report;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a number should be: a ratio to another contestant's, measured in the same run, or a bound of its own. */
public sealed interface Goal {
    /** Whether it is met; null if a contestant that it needs was not measured. */
    @Nullable
    Boolean isMet(String subject, Map<String, Summary> contestants);

    /** In words: {@code ≤ 0.97 of pgjdbc}. */
    @Override
    String toString();

    /** At most this multiple of what the peer takes. */
    record AtMost(double bound, String peer) implements Goal {
        @Override
        public @Nullable Boolean isMet(String subject, Map<String, Summary> contestants) {
            Double ratio = Ratios.of(subject, contestants).get(peer);
            return ratio == null ? null : ratio <= bound;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "≤ %.2f of %s", bound, peer);
        }
    }

    /** At least this multiple of what the peer takes. */
    record AtLeast(double bound, String peer) implements Goal {
        @Override
        public @Nullable Boolean isMet(String subject, Map<String, Summary> contestants) {
            Double ratio = Ratios.of(subject, contestants).get(peer);
            return ratio == null ? null : ratio >= bound;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "≥ %.2f of %s", bound, peer);
        }
    }

    /** No more than the peer, give or take what the profiler cannot tell from nothing. */
    record NoMoreThan(String peer, double slack) implements Goal {
        @Override
        public @Nullable Boolean isMet(String subject, Map<String, Summary> contestants) {
            Summary own = contestants.get(subject);
            Summary other = contestants.get(peer);
            return own == null || other == null ? null : own.median() <= other.median() + slack;
        }

        @Override
        public String toString() {
            return "no more than " + peer;
        }
    }

    /** At most a number, whatever the others have. */
    record Below(double bound, String of) implements Goal {
        @Override
        public @Nullable Boolean isMet(String subject, Map<String, Summary> contestants) {
            Summary own = contestants.get(subject);
            return own == null ? null : own.median() <= bound;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "≤ %.2f %s", bound, of);
        }
    }

    /** It comes to its end at all. */
    record Completes() implements Goal {
        @Override
        public @Nullable Boolean isMet(String subject, Map<String, Summary> contestants) {
            Summary own = contestants.get(subject);
            return own == null ? null : own.median() > 0;
        }

        @Override
        public String toString() {
            return "completes";
        }
    }

    /** The same at every size of the work, within a tolerance around the median of the sizes. */
    record Flat(double tolerance) implements Goal {
        @Override
        public @Nullable Boolean isMet(String subject, Map<String, Summary> sizes) {
            return sizes.isEmpty()
                    ? null
                    : Ratios.toMedian(sizes).values().stream().allMatch(ratio -> Math.abs(ratio - 1) <= tolerance);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "flat, ± %.0f %%", tolerance * 100);
        }
    }
}
