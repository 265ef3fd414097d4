package dev.pgwire.testing;

import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where the random tests of all modules begin: a test prints its seed, and {@code -Dpgwire.seed=42} on Maven's command line
 * repeats a run. One seed always gives the same values.
 */
public final class Seed {
    static final String PROPERTY = "pgwire.seed";

    /** A tenth of the draws where it is 10: for runs beside one that has made all of them. */
    private static final int PART = Integer.getInteger("pgwire.part", 1);

    private final long value;

    private Seed(long value) {
        this.value = value;
    }

    /** The seed of the test that calls, printed under its name. */
    public static Seed take() {
        return print(caller());
    }

    /** The seed of a test that runs once for each of several things, printed under its name and that of the thing. */
    public static Seed take(Object thing) {
        return print(caller() + " of " + thing);
    }

    static Seed of(@Nullable String given) {
        if (given == null) {
            return new Seed(System.nanoTime());
        }
        try {
            return new Seed(Long.parseLong(given.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "-D" + PROPERTY + "=" + given + " is no seed: give a whole number of 64 bits, as in -D" + PROPERTY
                            + "=42",
                    e);
        }
    }

    private static Seed print(String test) {
        Seed seed = of(System.getProperty(PROPERTY));
        System.out.println(test + ": " + seed + " repeats this run");
        return seed;
    }

    private static String caller() {
        return StackWalker.getInstance().walk(frames -> frames.skip(2)
                .findFirst()
                .map(frame -> frame.getClassName()
                                .substring(frame.getClassName().lastIndexOf('.') + 1) + "." + frame.getMethodName())
                .orElseThrow());
    }

    /** How many values a test draws that would draw this number. */
    public static int draws(int all) {
        return Math.max(1, all / PART);
    }

    public Random random() {
        return random(0);
    }

    /** For a part of a test that draws beside the others, such as a thread: other values for each number. */
    public Random random(int part) {
        return new Random(value + part);
    }

    public SplittableRandom splittableRandom() {
        return new SplittableRandom(value);
    }

    /** What repeats the run, for the messages of failures. */
    @Override
    public String toString() {
        return "-D" + PROPERTY + "=" + value;
    }
}
