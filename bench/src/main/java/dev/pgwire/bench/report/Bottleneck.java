package dev.pgwire.bench.report;

import dev.pgwire.bench.run.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a run says more of the client than of the server. */
public final class Bottleneck {
    /** An event loop that is busier than this has work waiting for it. */
    private static final double BUSY = 0.9;

    private static final double COLLECTING = 0.05;
    private static final double STOLEN = 0.05;

    private Bottleneck() {}

    /** Why the client was the bottleneck; empty if it was none. */
    public static List<String> of(Result result) {
        return of(
                result.used().loopShare(result.settings().loops()),
                result.settings().lanes() == 0,
                result.used().collectionShare(),
                result.used().stolenShare(),
                result.hiccups().getValueAtPercentile(99) / 1e6,
                result.lags().getValueAtPercentile(99) / 1e6,
                result.percentile(50));
    }

    /**
     * The same of the figures.
     *
     * @param busy how busy the event loops were, 0 to 1
     * @param couldBeMore whether there could be more event loops
     * @param collecting the share of the time in which the garbage collector ran
     * @param stolen the share of the processors that the hypervisor took
     * @param asleepMillis 99 percent of the times a sleeping thread woke no later than that
     * @param lagMillis 99 percent of the transactions that were waited for began no later than that
     * @param medianMillis the median latency
     */
    static List<String> of(
            double busy,
            boolean couldBeMore,
            double collecting,
            double stolen,
            double asleepMillis,
            double lagMillis,
            double medianMillis) {
        List<String> reasons = new ArrayList<>();
        if (busy > BUSY) {
            reasons.add(text(
                    "its event loops were busy %.0f%% of the time, expected at most 90%%%s",
                    busy * 100, couldBeMore ? "; try more of them with -j" : ""));
        }
        if (collecting > COLLECTING) {
            reasons.add(text("it collected garbage in %.0f%% of the time, expected at most 5%%", collecting * 100));
        }
        if (stolen > STOLEN) {
            reasons.add(text("the hypervisor took %.0f%% of the processors, expected at most 5%%", stolen * 100));
        }
        if (asleepMillis > medianMillis && asleepMillis > 1) {
            reasons.add(text(
                    "1%% of the times a sleeping thread of it woke more than %.3f ms late, which is more than the median latency"
                            + " of %.3f ms: it had too little of the processors",
                    asleepMillis, medianMillis));
        }
        if (lagMillis > medianMillis && lagMillis > 1) {
            reasons.add(text(
                    "1%% of the transactions began more than %.3f ms late, which is more than the median latency of %.3f ms",
                    lagMillis, medianMillis));
        }
        return reasons;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
