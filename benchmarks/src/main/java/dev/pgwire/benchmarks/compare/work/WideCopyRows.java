package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.report.Goal;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Rounds;
import java.util.List;
import java.util.Map;

/**
 * P18, decoded: the rows of the table {@code wide} by COPY, every column decoded, beside the same rows by a SELECT. The other drivers
 * give no rows of a COPY.
 */
final class WideCopyRows implements RoundWork {
    @Override
    public List<Metric> metrics() {
        return List.of(
                metric(
                        "copy wide out, rows in binary: client CPU",
                        Entrant.PGWIRE_COPY,
                        new Goal.AtMost(1.30, "pgwire")),
                metric("copy wide out, rows in text: client CPU", Entrant.PGWIRE_COPY_TEXT));
    }

    private static Metric metric(String name, Entrant subject, Goal... goals) {
        return new Metric("P18", name, "s", "cpu", subject.label(), List.of(goals));
    }

    @Override
    public List<Entrant> entrants() {
        return List.of(Entrant.PGWIRE_COPY, Entrant.PGWIRE_COPY_TEXT, Entrant.PGWIRE);
    }

    @Override
    public Rounds rounds(Extent extent) {
        return new Rounds(extent.choose(3, 2), extent.choose(9, 4));
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(18, 2) * entrants().size();
    }

    @Override
    public Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception {
        return WideStream.read(contestant, number);
    }
}
