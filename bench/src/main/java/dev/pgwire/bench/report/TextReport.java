package dev.pgwire.bench.report;

import dev.pgwire.bench.run.CommandTally;
import dev.pgwire.bench.run.Partitions;
import dev.pgwire.bench.run.Result;
import dev.pgwire.bench.run.Settings;
import dev.pgwire.bench.run.Summary;
import dev.pgwire.bench.run.Tally;
import dev.pgwire.bench.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A result in the lines that pgbench prints, so that what reads those reads these; what pgbench does not tell comes behind them. */
public final class TextReport {
    /** If more was due and never begun, the latencies look better than they were. */
    private static final double NOT_BEGUN = 0.01;

    private final Result result;
    private final Settings settings;
    private final boolean detailed;
    private final boolean progress;
    private final List<String> lines = new ArrayList<>();

    private TextReport(Result result, boolean detailed, boolean progress) {
        this.result = result;
        this.settings = result.settings();
        this.detailed = detailed;
        this.progress = progress;
    }

    /**
     * The lines.
     *
     * @param detailed whether failures are told by kind
     * @param progress whether progress was told, so that latencies were asked for
     */
    public static List<String> lines(Result result, boolean detailed, boolean progress) {
        TextReport report = new TextReport(result, detailed, progress);
        report.parameters();
        report.counts("", result.total());
        if (result.total().done() + result.total().skipped() > 0) {
            report.latencies();
            report.scripts();
            report.beyond();
        }
        return report.lines;
    }

    private void line(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    private void parameters() {
        List<Script> scripts = result.workload().scripts();
        line("transaction type: %s", scripts.size() == 1 ? scripts.get(0).name() : "multiple scripts");
        line("scaling factor: %d", result.workload().scale());
        Partitions partitions = result.workload().partitions();
        if (partitions != null) {
            line("partition method: %s", partitions.method());
            line("partitions: %d", partitions.count());
        }
        line("query mode: %s", settings.mode().title());
        line("number of clients: %d", settings.clients());
        line("number of threads: %d", settings.loops());
        if (settings.tries() > 0) {
            line("maximum number of tries: %d", settings.tries());
        }
        if (settings.seconds() == 0) {
            line("number of transactions per client: %d", settings.transactions());
            line(
                    "number of transactions actually processed: %d/%d",
                    result.total().done(), (long) settings.transactions() * settings.clients());
        } else {
            line("duration: %d s", settings.seconds());
            line("number of transactions actually processed: %d", result.total().done());
        }
    }

    private static double percent(long part, long all) {
        return all == 0 ? Double.NaN : 100.0 * part / all;
    }

    private void share(String what, long part, long all) {
        line("%s: %d (%.3f%%)", what, part, percent(part, all));
    }

    /** What failed, in all or of a script. */
    private void counts(String before, Tally tally) {
        share(before + "number of failed transactions", tally.failures(), tally.all());
        if (detailed) {
            share(before + "number of serialization failures", tally.serializationFailures(), tally.all());
            share(before + "number of deadlock failures", tally.deadlocks(), tally.all());
        }
        if (settings.tries() != 1) {
            share(before + "number of transactions retried", tally.retried(), tally.all());
            line("%stotal number of retries: %d", before, tally.retries());
        }
        if (settings.rate() > 0 && settings.limitNanos() > 0 && tally.done() + tally.skipped() > 0) {
            share(before + "number of transactions skipped", tally.skipped(), tally.all());
        }
    }

    private void latencies() {
        Tally total = result.total();
        if (settings.limitNanos() > 0) {
            line(
                    "number of transactions above the %.1f ms latency limit: %d/%d (%.3f%%)",
                    settings.limitNanos() / 1e6,
                    total.late(),
                    total.done(),
                    total.done() > 0 ? percent(total.late(), total.done()) : 0.0);
        }
        if (settings.rate() > 0 || settings.limitNanos() > 0 || progress) {
            summary("latency", total.latency());
        } else {
            line(
                    "latency average = %.3f ms%s",
                    result.averageMillis(), total.failures() > 0 ? " (including failures)" : "");
        }
        if (settings.rate() > 0) {
            line(
                    "rate limit schedule lag: avg %.3f (max %.3f) ms",
                    total.lag().mean(), total.lag().most());
        }
        if (settings.reconnects()) {
            line("average connection time = %.3f ms", result.connectMillis());
            line("tps = %f (including reconnection times)", result.rate());
        } else {
            line("initial connection time = %.3f ms", result.connectMillis());
            line("tps = %f (without initial connection time)", result.rate());
        }
    }

    private void summary(String what, Summary summary) {
        if (summary.count() > 0) {
            line("%s average = %.3f ms", what, summary.mean());
            line("%s stddev = %.3f ms", what, summary.deviation());
        }
    }

    private void scripts() {
        List<Script> scripts = result.workload().scripts();
        boolean several = scripts.size() > 1;
        int weight = scripts.stream().mapToInt(Script::weight).sum();
        for (int i = 0; i < scripts.size(); i++) {
            if (several) {
                Tally tally = result.scripts().get(i);
                line("SQL script %d: %s", i + 1, scripts.get(i).name());
                line(
                        " - weight: %d (targets %.1f%% of total)",
                        scripts.get(i).weight(), percent(scripts.get(i).weight(), weight));
                line(
                        " - %d transactions (%.1f%% of total, tps = %f)",
                        tally.done(), percent(tally.done(), result.total().done()), tally.done() / result.seconds());
                counts(" - ", tally);
                summary(" - latency", tally.latency());
            }
            if (settings.commands()) {
                line(
                        "%sstatement latencies in milliseconds%s:",
                        several ? " - " : "", settings.tries() == 1 ? " and failures" : ", failures and retries");
                for (int k = 0; k < scripts.get(i).commands().size(); k++) {
                    command(
                            result.commands().get(i).get(k),
                            scripts.get(i).commands().get(k).text());
                }
            }
        }
    }

    private void command(CommandTally tally, String text) {
        if (settings.tries() == 1) {
            line("   %11.3f  %10d  %s", tally.time().mean(), tally.failures(), text);
        } else {
            line("   %11.3f  %10d  %10d  %s", tally.time().mean(), tally.failures(), tally.retries(), text);
        }
    }

    private void beyond() {
        StringBuilder percentiles = new StringBuilder();
        for (double percent : Percentiles.SHOWN) {
            percentiles.append(
                    String.format(Locale.ROOT, " %s%% = %.3f,", Percentiles.name(percent), result.percentile(percent)));
        }
        line(
                "latency percentiles in milliseconds:%s max = %.3f",
                percentiles, result.latencies().getMaxValue() / 1e6);
        if (settings.rate() > 0 && settings.seconds() > 0) {
            line("transactions due but not begun: %d", result.notBegun());
            if (result.notBegunShare() > NOT_BEGUN) {
                line(
                        "WARNING: %.1f%% of the transactions that were due were not begun before the end, expected at most 1%%:"
                                + " latencies have nothing of them",
                        100 * result.notBegunShare());
            }
        }
        if (settings.depth() > 1) {
            line("pipeline depth: %d", settings.depth());
        }
        if (settings.lanes() > 0) {
            line("shared lanes: %d", settings.lanes());
        }
        line(
                "client CPU = %.1f us per transaction, event loops busy %.1f%%",
                result.cpuMicros(), 100 * result.used().loopShare(settings.loops()));
        line(
                "client pauses: %d collections in %d ms, a sleeping thread woke at most %.3f ms late, CPU stolen %.1f%%",
                result.used().collections(),
                result.used().collectionMillis(),
                result.hiccups().getMaxValue() / 1e6,
                100 * result.used().stolenShare());
        if (result.lags().getTotalCount() > 0) {
            line(
                    "client lag: transactions that it waited for began 50%% = %.3f, 99%% = %.3f, max = %.3f ms after they were due",
                    result.lags().getValueAtPercentile(50) / 1e6,
                    result.lags().getValueAtPercentile(99) / 1e6,
                    result.lags().getMaxValue() / 1e6);
        }
        Bottleneck.of(result).forEach(reason -> line("WARNING: the client was the bottleneck: %s", reason));
    }
}
