package dev.pgwire.bench.report;

/** Which percentiles are told. */
final class Percentiles {
    static final double[] SHOWN = {50, 90, 95, 99, 99.9, 99.99};

    private Percentiles() {}

    /** The number without its fraction if that is zero. */
    static String name(double percent) {
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }
}
