package dev.pgwire.bench.run;

/**
 * What came in a second or so.
 *
 * @param seconds when it ended, from the begin of the measurement
 * @param length how long it was, in seconds
 * @param count how many transactions were done
 * @param medianMillis half of them took no longer
 * @param p99Millis 99 percent of them took no longer
 * @param mostMillis none took longer
 */
public record Sample(
        double seconds, double length, long count, double medianMillis, double p99Millis, double mostMillis) {
    public double rate() {
        return length == 0 ? 0 : count / length;
    }
}
