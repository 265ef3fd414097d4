package dev.pgwire.benchmarks.compare.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Lets the contestants do their rounds in turn, so that whatever disturbs the machine disturbs all of them. */
public final class Alternation {
    private Alternation() {}

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
