package dev.pgwire.benchmarks.compare;

/** How much work is done: all of it, or as much as gives a first idea in four minutes. */
public enum Extent {
    FULL,
    QUICK;

    /** The number for this extent. */
    public int choose(int full, int quick) {
        return this == FULL ? full : quick;
    }
}
