package dev.pgwire.benchmarks.compare.run;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Drain;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.server.Address;
import java.io.IOException;
import java.util.List;

/**
 * What all work is done on.
 *
 * @param address the server and the database with the data
 * @param extent how much is done
 * @param wideBytes how many bytes the rows of {@code wide} are on the wire
 * @param oneCore the core for work that client and server do on one
 * @param worker the main class of a contestant's process
 * @param progress where to tell how far it is
 */
public record Bench(
        Address address, Extent extent, long wideBytes, OneCore oneCore, Class<?> worker, Progress progress) {
    /** A bench on a database that has the data. */
    public static Bench on(Address address, Extent extent, Class<?> worker, Progress progress)
            throws IOException, InterruptedException {
        try (Connection connection = Postgres.connect(address.config())) {
            return new Bench(
                    address, extent, Drain.wideBytes(address), OneCore.with(connection.processId()), worker, progress);
        }
    }

    /** Starts a contestant's process for the work of this name, with a heap of this number of megabytes. */
    public Lane start(String work, Entrant entrant, int heap) throws IOException {
        return WorkerProcess.start(worker, assignment(work, entrant), heap, List.of());
    }

    /** Starts a contestant's process on the core that its server process runs on too. */
    public Lane startOnOneCore(String work, Entrant entrant, int heap) throws IOException, InterruptedException {
        WorkerProcess process = WorkerProcess.start(worker, assignment(work, entrant), heap, oneCore.prefix());
        oneCore.keep(process.backend());
        return process;
    }

    private Assignment assignment(String work, Entrant entrant) {
        return new Assignment(work, entrant, address, extent, wideBytes);
    }
}
