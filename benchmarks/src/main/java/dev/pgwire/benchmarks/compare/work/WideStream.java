package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.contestant.WideValues;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Placement;
import dev.pgwire.benchmarks.compare.run.Rounds;
import dev.pgwire.benchmarks.compare.run.Setting;
import dev.pgwire.benchmarks.compare.server.Way;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * P2 and P3: the table {@code wide} row by row, every column decoded. P2 is the processor time of the client, P3 the time
 * that goes by; the server is the slower side, so the second hides most of what the first shows. P19 is the first, by TLS.
 */
record WideStream(Way way, List<Entrant> entrants, List<Metric> metrics) implements RoundWork {
    /** In the clear. */
    static WideStream plain() {
        return new WideStream(
                Way.PLAIN,
                List.of(Entrant.PGWIRE, Entrant.PGJDBC, Entrant.VERTX, Entrant.R2DBC, Entrant.BYHAND, Entrant.DRAIN),
                List.of(
                        Metric.of(
                                "P2",
                                "stream wide, decode all: client CPU",
                                "s",
                                "cpu",
                                new Goal.AtMost(1.25, "byhand"),
                                new Goal.AtMost(0.60, "pgjdbc")),
                        Metric.of(
                                "P3",
                                "stream wide, decode all: wall time",
                                "s",
                                "wall",
                                new Goal.AtMost(1.05, "drain"))));
    }

    /** By TLS. */
    static WideStream tls() {
        return new WideStream(
                Way.TLS,
                List.of(Entrant.PGWIRE, Entrant.PGJDBC, Entrant.VERTX, Entrant.BARE),
                List.of(Metric.of(
                        "P19",
                        "stream wide by TLS 1.3, decode all: client CPU",
                        "s",
                        "cpu",
                        new Goal.AtMost(0.55, "pgjdbc"))));
    }

    @Override
    public String name() {
        return "WideStream " + way;
    }

    @Override
    public Setting setting() {
        return new Setting(Placement.ANYWHERE, way);
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(3, 2), extent.choose(9, 4));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(18, 2) * entrants.size();
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        return read(contestant, number);
    }

    /** Reads the table and decodes it; the values are looked at in the first round. */
    static Map<String, Double> read(Contestant contestant, int number) throws Exception {
        WideValues values = number == 0 ? WideValues.thorough() : WideValues.timed();
        Clock clock = new Clock();
        contestant.streamWide(values);
        Map<String, Double> readings = new HashMap<>();
        readings.put("wall", clock.wallSeconds());
        readings.put("cpu", clock.cpuSeconds());
        readings.put("rows", (double) values.rows());
        if (values.checksum() != 0) {
            readings.put("checksum", values.checksum());
        }
        return readings;
    }
}
