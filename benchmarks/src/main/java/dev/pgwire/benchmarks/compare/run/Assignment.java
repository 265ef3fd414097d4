package dev.pgwire.benchmarks.compare.run;

import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.contestant.Entrant;
import dev.pgwire.benchmarks.compare.server.Address;

/**
 * What a worker process is told first.
 *
 * @param work the name of the work
 * @param entrant who does it
 * @param address where
 * @param encryption what the server must say about the encryption of the connection
 * @param extent how much of it
 * @param wideBytes how many bytes the rows of {@code wide} are on the wire
 */
public record Assignment(
        String work, Entrant entrant, Address address, String encryption, Extent extent, long wideBytes) {
    /** The name of the reading that answers it: the process id of the server process. */
    public static final String BACKEND = "backend";
}
