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

    /**
     * One more unit costs the same at every size of the work: all lie on one line, within a tolerance.
     *
     * @param sizes the units of a piece of work, by its name, from small to large
     */
    record Flat(double tolerance, Map<String, Integer> sizes) implements Goal {
        @Override
        public @Nullable Boolean isMet(String subject, Map<String, Summary> costs) {
            Growth growth = Growth.of(sizes, costs);
            return growth == null
                    ? null
                    : growth.byTheLine(sizes, costs).values().stream()
                                    .allMatch(ratio -> Math.abs(ratio - 1) <= tolerance)
                            && Math.abs(growth.largeToMiddle() - 1) <= tolerance;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "flat, ± %.0f %%", tolerance * 100);
        }
    }
}
