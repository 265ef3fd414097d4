package dev.pgwire.bench.report;

import dev.pgwire.bench.run.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Two servers, or settings, in turns. Each round has a ratio of its own, so that what slows the machine down for a while slows both down.
 *
 * @param ones the runs on the first, by round
 * @param others those on the second
 */
public record VersusReport(List<Result> ones, List<Result> others) {
    /** Above the lines of the rounds. */
    public static final String HEAD = String.format(
            Locale.ROOT,
            "%6s %12s %12s %8s %12s %12s",
            "round",
            "first tps",
            "second tps",
            "ratio",
            "first 99% ms",
            "second 99% ms");

    /** The runs of as many rounds. */
    public static VersusReport of(List<Result> ones, List<Result> others) {
        return new VersusReport(List.copyOf(ones), List.copyOf(others));
    }

    /** A round in a line. */
    public static String line(int round, Result one, Result other) {
        return String.format(
                Locale.ROOT,
                "%6d %12.1f %12.1f %8.3f %12.3f %12.3f",
                round + 1,
                one.rate(),
                other.rate(),
                other.rate() / one.rate(),
                one.percentile(99),
                other.percentile(99));
    }

    /** What comes of it. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("tps, second / first: " + rates());
        lines.add("median latency, second / first: " + latencies(50));
        lines.add("99% latency, second / first: " + latencies(99));
        return lines;
    }

    /** The ratio of the transactions in a second. */
    public Ratio rates() {
        return Ratio.of(rateOfEach());
    }

    /** The same of each round. */
    double[] rateOfEach() {
        double[] ratios = new double[ones.size()];
        Arrays.setAll(ratios, i -> others.get(i).rate() / ones.get(i).rate());
        return ratios;
    }

    /** The ratio of a percentile of the latencies. */
    public Ratio latencies(double percent) {
        double[] ratios = new double[ones.size()];
        Arrays.setAll(
                ratios, i -> others.get(i).percentile(percent) / ones.get(i).percentile(percent));
        return Ratio.of(ratios);
    }
}
