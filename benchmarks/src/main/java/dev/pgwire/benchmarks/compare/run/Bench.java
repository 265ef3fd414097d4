package dev.pgwire.benchmarks.compare.run;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Drain;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.work.RoundWork;
import java.io.IOException;
import java.util.List;

/**
 * What all work is done on.
 *
 * @param address the server and the database with the data
 * @param extent how much is done
 * @param wideBytes how many bytes the rows of {@code wide} are on the wire
 * @param oneCore the core for work that client and server do on one
 * @param progress where to tell how far it is
 */
public record Bench(Address address, Extent extent, long wideBytes, OneCore oneCore, Progress progress) {
    /** A bench on a database that has the data. */
    public static Bench on(Address address, Extent extent, Progress progress) throws IOException, InterruptedException {
        try (Connection connection = Postgres.connect(address.config())) {
            return new Bench(address, extent, Drain.wideBytes(address), OneCore.with(connection.processId()), progress);
        }
    }

    /** Starts a contestant's process for a work, on one core if the work wants it. */
    Lane start(RoundWork work, Entrant entrant) throws IOException, InterruptedException {
        Assignment assignment = new Assignment(work.name(), entrant, address, extent, wideBytes);
        WorkerProcess worker =
                WorkerProcess.start(assignment, work.heap(extent), work.onOneCore() ? oneCore.prefix() : List.of());
        if (work.onOneCore()) {
            oneCore.keep(worker.backend());
        }
        return worker;
    }
}
