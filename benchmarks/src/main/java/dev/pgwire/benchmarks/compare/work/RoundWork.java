package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Contestant;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.run.Alternation;
import dev.pgwire.benchmarks.compare.run.Assignment;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.Jvm;
import dev.pgwire.benchmarks.compare.run.Lane;
import dev.pgwire.benchmarks.compare.run.Observations;
import dev.pgwire.benchmarks.compare.run.Rounds;
import dev.pgwire.benchmarks.compare.run.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** Under which conditions it is done. */
    default Setting setting() {
        return Setting.USUAL;
    }

    /** Whether the contestants need a JVM with virtual threads. */
    default boolean needsVirtualThreads() {
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

    /** Does all rounds, with a process for each of its contestants. */
    @Override
    default Observations measure(Bench bench) throws IOException, InterruptedException {
        Optional<Path> home = Jvm.home(needsVirtualThreads());
        Optional<String> obstacle =
                home.isEmpty() ? Optional.of(Jvm.WITHOUT_VIRTUAL_THREADS) : bench.obstacle(setting());
        if (obstacle.isPresent()) {
            System.err.println("compare: " + name() + " is left out: " + obstacle.get());
            return new Observations();
        }
        List<Lane> lanes = new ArrayList<>();
        try {
            Jvm jvm = new Jvm(home.orElseThrow(), heap(bench.extent()));
            for (Entrant entrant : entrants()) {
                lanes.add(bench.start(name(), entrant, jvm, setting()));
            }
            lanes.addAll(others(bench));
            return Alternation.run(lanes, rounds(bench.extent()), bench.progress());
        } finally {
            lanes.forEach(Lane::close);
        }
    }
}
