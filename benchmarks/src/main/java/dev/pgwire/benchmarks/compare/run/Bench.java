package dev.pgwire.benchmarks.compare.run;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Drain;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.Way;
import dev.pgwire.benchmarks.compare.server.Ways;
import java.io.IOException;
import java.util.Optional;

/**
 * What all work is done on.
 *
 * @param ways the ways to the server and the database with the data
 * @param extent how much is done
 * @param wideBytes how many bytes the rows of {@code wide} are on the wire
 * @param cores the cores for work whose processes stay where they are put
 * @param worker the main class of a contestant's process
 * @param progress where to tell how far it is
 */
public record Bench(Ways ways, Extent extent, long wideBytes, Cores cores, Class<?> worker, Progress progress) {
    /** A bench on a database that has the data. */
    public static Bench on(Ways ways, Extent extent, Class<?> worker, Progress progress)
            throws IOException, InterruptedException {
        Address address = ways.address(Way.PLAIN);
        try (Connection connection = Postgres.connect(address.config())) {
            return new Bench(
                    ways, extent, Drain.wideBytes(address), Cores.with(connection.processId()), worker, progress);
        }
    }

    /** The address in the clear. */
    public Address address() {
        return ways.address(Way.PLAIN);
    }

    /** Why no work can be done in a setting; empty if it can, though perhaps not on one core, which the report tells. */
    public Optional<String> obstacle(Setting setting) {
        if (!ways.isOpen(setting.way())) {
            return Optional.of(ways.reason(setting.way()));
        }
        return setting.placement() == Placement.CORE_EACH && !cores.isPossible(Placement.CORE_EACH)
                ? Optional.of("expected two cores, taskset, and a server on this machine")
                : Optional.empty();
    }

    /** Starts a contestant's process for the work of this name. */
    public Lane start(String work, Entrant entrant, Jvm jvm, Setting setting) throws IOException, InterruptedException {
        Assignment assignment = new Assignment(
                work, entrant, ways.address(setting.way()), ways.encryption(setting.way()), extent, wideBytes);
        WorkerProcess process = WorkerProcess.start(worker, assignment, jvm, cores, setting.placement());
        cores.keepServer(setting.placement(), process.backend());
        return process;
    }
}
