package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.MainProcess;
import dev.pgwire.benchmarks.compare.run.Observations;
import dev.pgwire.benchmarks.compare.run.Placement;
import dev.pgwire.benchmarks.compare.run.Rounds;
import dev.pgwire.benchmarks.compare.run.Setting;
import dev.pgwire.benchmarks.compare.server.Way;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** P20: connects by a role with a password, and closes, one after the other. Client and server are on one core, as in P1. */
record Connect(Way way, String words, double bound) implements RoundWork {
    private static final int CONNECTIONS = 25;

    /** In the clear. */
    static Connect plain() {
        return new Connect(Way.SCRAM, "connect with SCRAM and close", 0.95);
    }

    /** By TLS: with a handshake more. */
    static Connect tls() {
        return new Connect(Way.SCRAM_TLS, "connect with SCRAM by TLS 1.3 and close", 1.00);
    }

    @Override
    public String name() {
        return "Connect " + way;
    }

    @Override
    public List<Metric> metrics() {
        Goal goal = new Goal.AtMost(bound, "pgjdbc");
        return List.of(
                Metric.of("P20", words, "ms", "wall", goal),
                Metric.of("P20", words + ": client CPU", "ms", "cpu", goal));
    }

    @Override
    public Setting setting() {
        return new Setting(Placement.ONE_CORE, way);
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE, Entrant.PGJDBC, Entrant.VERTX);
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(15, 4), extent.choose(40, 5));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(50, 10);
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        Clock clock = new Clock();
        for (int i = 0; i < CONNECTIONS; i++) {
            contestant.connectAndClose();
        }
        double wall = clock.wallSeconds() * 1e3 / CONNECTIONS;
        return Map.of("wall", wall, "cpu", clock.cpuSeconds() * 1e3 / CONNECTIONS);
    }

    @Override
    public Observations measure(Bench bench) throws IOException, InterruptedException {
        // Each connection is a new process of the server.
        return MainProcess.keptDuring(bench, setting().placement(), () -> RoundWork.super.measure(bench));
    }
}
