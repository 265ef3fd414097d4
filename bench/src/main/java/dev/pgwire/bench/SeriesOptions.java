package dev.pgwire.bench;

import dev.pgwire.bench.run.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Several runs, one after the other. */
final class SeriesOptions {
    private static final Pattern RAMP = Pattern.compile("(\\d+):(\\d+):(\\d+)");
    private static final int MOST_STEPS = 1000;

    @Option(
            names = "--ramp",
            paramLabel = "FROM:TO:STEP",
            description = "run at rate after rate, each for the time of -T, and find the knee")
    private @Nullable String ramp;

    @Option(
            names = "--versus",
            paramLabel = "DSN",
            description =
                    "run on this server too, in turns, and tell the ratio; \"options=...\" alone is the same server"
                            + " with other settings")
    private @Nullable String versus;

    @Option(
            names = "--rounds",
            paramLabel = "NUMBER",
            defaultValue = "5",
            description = "how many rounds --versus has; 5 without it")
    private int rounds = 5;

    boolean isAsked() {
        return ramp != null || versus != null;
    }

    void check(Settings settings) {
        if (ramp != null && versus != null) {
            throw new UsageException("--ramp and --versus are both given, expected one of them");
        }
        if (isAsked() && settings.log() != null) {
            throw new UsageException(
                    "-l is given with --ramp or --versus, expected one run: a log has its name of the process");
        }
        if (isAsked() && settings.seconds() == 0) {
            throw new UsageException("--ramp or --versus is given without -T, expected the time of each run");
        }
        if (rounds < 1) {
            throw new UsageException("--rounds is " + rounds + ", expected 1 or more");
        }
        if (ramp != null) {
            rates(ramp);
        }
    }

    static List<Double> rates(String text) {
        Matcher parts = RAMP.matcher(text);
        if (parts.matches()) {
            double from = Double.parseDouble(parts.group(1));
            double to = Double.parseDouble(parts.group(2));
            double step = Double.parseDouble(parts.group(3));
            if (from > 0 && to >= from && step > 0 && (to - from) / step < MOST_STEPS) {
                List<Double> rates = new ArrayList<>();
                for (double rate = from; rate <= to; rate += step) {
                    rates.add(rate);
                }
                return rates;
            }
        }
        throw new UsageException("--ramp is \"" + text + "\", expected three rates such as 1000:20000:1000");
    }

    int run(Series series, OutputOptions output) throws IOException, InterruptedException {
        return ramp != null
                ? series.ramp(rates(ramp), output)
                : series.versus(versus == null ? "" : versus, rounds, output);
    }
}
