package dev.pgwire.benchmarks.compare.run;

/**
 * How often a work is done.
 *
 * @param warmUp rounds that are thrown away, at the beginning
 * @param measured rounds that count
 */
public record Rounds(int warmUp, int measured) {
    /** All of them. */
    public int total() {
        return warmUp + measured;
    }
}
