package dev.pgwire.type;

import java.util.SplittableRandom;

/** Randomness that can be repeated: it says its seed, and takes one from {@code -Dpgwire.seed}. */
final class Seed {
    private Seed() {}

    static SplittableRandom random(String test) {
        long seed = Long.getLong("pgwire.seed", System.nanoTime());
        System.out.println(test + ": -Dpgwire.seed=" + seed + " repeats this run");
        return new SplittableRandom(seed);
    }
}
