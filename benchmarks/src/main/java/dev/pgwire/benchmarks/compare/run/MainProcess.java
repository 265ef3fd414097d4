package dev.pgwire.benchmarks.compare.run;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import java.io.IOException;

/** The server's main process, whose new children run where it runs. */
public final class MainProcess {
    private MainProcess() {}

    /** What is done meanwhile. */
    public interface Task<T> {
        /** Does it. */
        T run() throws IOException, InterruptedException;
    }

    /** Keeps it on the server's core, if the placement has one, for as long as a task takes. */
    public static <T> T keptDuring(Bench bench, Placement placement, Task<T> task)
            throws IOException, InterruptedException {
        if (placement == Placement.ANYWHERE) {
            return task.run();
        }
        long process;
        try (Connection connection = Postgres.connect(bench.address().config())) {
            process = Cores.parent(connection.processId());
        }
        bench.cores().keepServer(placement, process);
        try {
            return task.run();
        } finally {
            bench.cores().release(process);
        }
    }
}
