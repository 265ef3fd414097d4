package dev.pgwire.benchmarks.compare.run;

import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.work.RoundWork;
import dev.pgwire.benchmarks.compare.work.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lets the contestants do their rounds in turn, so that whatever disturbs the machine disturbs all of them. */
public final class Alternation {
    private Alternation() {}

    /** Does all rounds of a work, with a process for each of its contestants. */
    public static Observations run(RoundWork work, Bench bench) throws IOException, InterruptedException {
        List<Lane> lanes = new ArrayList<>();
        try {
            for (Entrant entrant : work.entrants()) {
                lanes.add(bench.start(work, entrant));
            }
            lanes.addAll(work.others(bench));
            return run(lanes, work.rounds(bench.extent()), bench.progress());
        } finally {
            lanes.forEach(Lane::close);
        }
    }

    /** Does all rounds of these lanes. */
    public static Observations run(List<Lane> lanes, Rounds rounds, Progress progress)
            throws IOException, InterruptedException {
        Observations observations = new Observations();
        for (int number = 0; number < rounds.total(); number++) {
            Agreement agreement = new Agreement();
            for (Lane lane : lanes) {
                Map<String, Double> readings = lane.round(number);
                agreement.check(lane.name(), readings);
                if (number >= rounds.warmUp()) {
                    readings.forEach((reading, value) -> observations.add(lane.name(), reading, value));
                }
                progress.step(1.0 / (rounds.total() * lanes.size()));
            }
        }
        return observations;
    }
}
