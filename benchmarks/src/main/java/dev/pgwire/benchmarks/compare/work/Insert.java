package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.contestant.NewRows;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Rounds;
import dev.pgwire.benchmarks.compare.server.TargetTable;
import java.util.List;
import java.util.Map;

/**
 * P7: 200,000 rows of (int4, text, float8, timestamptz) into an empty table without index or log, in one transaction. pgwire
 * takes all of them in one {@code executeMany}, or in one {@code insertMany}, whose way the bulk writer chooses; the others in
 * batches of 1,000: of 100, 1,000 and 10,000 none was reliably faster for any of them. {@code pgjdbc-rewritten} is pgjdbc with
 * {@code reWriteBatchedInserts}.
 */
final class Insert implements RoundWork {
    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.of("P7", "insert rows, executeMany", "rows/s", "rate", new Goal.AtLeast(1.2, "vertx")),
                new Metric(
                        "P7",
                        "insert rows, bulk writer",
                        "rows/s",
                        "rate",
                        "pgwire-bulk",
                        List.of(new Goal.AtLeast(1.2, "pgjdbc-rewritten"))));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(
                Entrant.PGWIRE,
                Entrant.PGWIRE_BULK,
                Entrant.PGJDBC,
                Entrant.PGJDBC_REWRITTEN,
                Entrant.VERTX,
                Entrant.VERTX_EPOLL,
                Entrant.BYHAND);
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(3, 1), extent.choose(7, 3));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(70, 20);
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        NewRows rows = NewRows.of(TargetTable.rows(assignment.extent()));
        contestant.run("TRUNCATE " + TargetTable.NAME);
        Clock clock = new Clock();
        contestant.insert(rows);
        double rate = rows.size() / clock.wallSeconds();
        TargetContents contents = TargetContents.read(assignment.address());
        return Map.of("rate", rate, "rows", contents.rows(), "checksum", contents.checksum());
    }
}
