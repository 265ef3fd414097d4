package dev.pgwire.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.pgwire.bench.run.CommandTally;
import dev.pgwire.bench.run.Partitions;
import dev.pgwire.bench.run.Result;
import dev.pgwire.bench.run.Tally;
import dev.pgwire.bench.script.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as JSON: times are in milliseconds if their names do not say otherwise. */
public final class Json {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeSpecialFloatingPointValues()
            .create();

    private Json() {}

    public static String of(Result result) {
        return GSON.toJson(map(result)) + "\n";
    }

    public static String of(RampReport ramp) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (ramp.knee() != null) {
            all.put("kneeRate", ramp.knee().settings().rate());
        }
        all.put("rates", ramp.results().stream().map(Json::map).toList());
        return GSON.toJson(all) + "\n";
    }

    public static String of(VersusReport versus) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tpsRatio", versus.rates());
        all.put("tpsRatios", versus.rateOfEach());
        all.put("medianLatencyRatio", versus.latencies(50));
        all.put("p99LatencyRatio", versus.latencies(99));
        all.put("first", versus.ones().stream().map(Json::map).toList());
        all.put("second", versus.others().stream().map(Json::map).toList());
        return GSON.toJson(all) + "\n";
    }

    private static Map<String, Object> map(Result result) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("scale", result.workload().scale());
        Partitions partitions = result.workload().partitions();
        if (partitions != null) {
            all.put("partitions", partitions);
        }
        all.put("seed", Long.toUnsignedString(result.workload().seed()));
        all.put("settings", result.settings());
        if (result.settings().seconds() == 0) {
            all.put(
                    "asked",
                    (long) result.settings().transactions() * result.settings().clients());
        }
        all.put("seconds", result.seconds());
        all.put("connectMillis", result.connectMillis());
        all.put("tps", result.rate());
        all.put("aborted", result.aborted());
        all.put("total", tally(result.total()));
        all.put("millisPerTransaction", result.averageMillis());
        all.put("notBegun", result.notBegun());
        all.put("notBegunShare", result.notBegunShare());
        Map<String, Object> percentiles = new LinkedHashMap<>();
        for (double percent : Percentiles.SHOWN) {
            percentiles.put(Percentiles.name(percent), result.percentile(percent));
        }
        percentiles.put("max", result.latencies().getMaxValue() / 1e6);
        all.put("latencyPercentiles", percentiles);
        all.put("scripts", scripts(result));
        all.put("samples", result.samples());
        all.put("client", client(result));
        return all;
    }

    private static Map<String, Object> tally(Tally tally) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("done", tally.done());
        count(all, "failures", tally.failures(), tally.all());
        count(all, "serializationFailures", tally.serializationFailures(), tally.all());
        count(all, "deadlocks", tally.deadlocks(), tally.all());
        count(all, "retried", tally.retried(), tally.all());
        all.put("retries", tally.retries());
        count(all, "skipped", tally.skipped(), tally.all());
        count(all, "late", tally.late(), tally.done());
        all.put("latencyMean", tally.latency().mean());
        all.put("latencyDeviation", tally.latency().deviation());
        all.put("lagMean", tally.lag().mean());
        all.put("lagMax", tally.lag().most());
        return all;
    }

    /** A number, and its share of all. */
    private static void count(Map<String, Object> into, String name, long part, long all) {
        into.put(name, part);
        into.put(name + "Share", share(part, all));
    }

    private static double share(long part, long all) {
        return all == 0 ? 0 : part / (double) all;
    }

    private static List<Map<String, Object>> scripts(Result result) {
        List<Map<String, Object>> scripts = new ArrayList<>();
        int weight =
                result.workload().scripts().stream().mapToInt(Script::weight).sum();
        for (int i = 0; i < result.scripts().size(); i++) {
            Script script = result.workload().scripts().get(i);
            Map<String, Object> each = tally(result.scripts().get(i));
            each.put("name", script.name());
            count(each, "weight", script.weight(), weight);
            each.put("tps", result.scripts().get(i).done() / result.seconds());
            each.put(
                    "share",
                    share(result.scripts().get(i).done(), result.total().done()));
            if (result.settings().commands()) {
                each.put("commands", commands(script, result.commands().get(i)));
            }
            scripts.add(each);
        }
        return scripts;
    }

    private static List<Map<String, Object>> commands(Script script, List<CommandTally> tallies) {
        List<Map<String, Object>> commands = new ArrayList<>();
        for (int i = 0; i < tallies.size(); i++) {
            CommandTally tally = tallies.get(i);
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("text", script.commands().get(i).text());
            each.put("mean", tally.time().mean());
            each.put("failures", tally.failures());
            each.put("retries", tally.retries());
            commands.add(each);
        }
        return commands;
    }

    private static Map<String, Object> client(Result result) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("cpuMicrosPerTransaction", result.cpuMicros());
        all.put("loopsBusy", result.used().loopShare(result.settings().loops()));
        all.put("collections", result.used().collections());
        all.put("collectionMillis", result.used().collectionMillis());
        all.put("stolen", result.used().stolenShare());
        all.put("hiccupMax", result.hiccups().getMaxValue() / 1e6);
        all.put("lagP50", result.lags().getValueAtPercentile(50) / 1e6);
        all.put("lagP99", result.lags().getValueAtPercentile(99) / 1e6);
        all.put("lagMax", result.lags().getMaxValue() / 1e6);
        all.put("bottlenecks", Bottleneck.of(result));
        return all;
    }
}
