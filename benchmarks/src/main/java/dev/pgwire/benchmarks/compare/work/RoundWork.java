package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.run.Alternation;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.Lane;
import dev.pgwire.benchmarks.compare.run.Observations;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A work that is done in rounds by contestants that take turns, each in a process of its own.
 *
 * <p>Round 0 is never timed: in it the contestants show that they do the same. A reading that is named {@code rows} or
 * {@code checksum} must be the same for all.
 */
public interface RoundWork extends Work {
    /** Who takes part. */
    List<Entrant> entrants();

    /** How often it is done. */
    Rounds rounds(Extent extent);

    /** Whether the contestant and its server process share one core, for latency that can be told from noise. */
    default boolean onOneCore() {
        return false;
    }

    /** The heap of every contestant, in megabytes: enough, and all of it touched before the first round. */
    default int heap(Extent extent) {
        return 256;
    }

    /** Others who take part, without being a driver in Java. */
    default List<Lane> others(Bench bench) throws IOException {
        return List.of();
    }

    /** One round, in the worker process. */
    Map<String, Double> round(Contestant contestant, Assignment assignment, int number) throws Exception;

    @Override
    default Observations measure(Bench bench) throws IOException, InterruptedException {
        return Alternation.run(this, bench);
    }

    /** The one with a name. */
    static RoundWork named(String name) {
        return Work.all().stream()
                .filter(RoundWork.class::isInstance)
                .map(RoundWork.class::cast)
                .filter(work -> work.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
