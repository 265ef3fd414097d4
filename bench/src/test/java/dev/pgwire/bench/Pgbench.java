package dev.pgwire.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The real pgbench, for tests that run it beside the program. Without it they are skipped. */
public final class Pgbench {
    private Pgbench() {}

    /** Skips the tests if it is not there. */
    public static void assume() throws InterruptedException {
        boolean isThere;
        try {
            Process version = new ProcessBuilder("pgbench", "--version")
                    .redirectErrorStream(true)
                    .start();
            String told = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // The generator of random numbers is that of 15 and later; \syncpipeline is not asked for.
            isThere = version.waitFor() == 0 && told.matches("(?s)pgbench \\(PostgreSQL\\) (1[5-9]|[2-9]\\d).*");
        } catch (IOException none) {
            isThere = false;
        }
        assumeTrue(isThere, "there is no pgbench of PostgreSQL 15 or later");
    }

    /** What it writes to standard error in a run on a database of the server that all share. */
    public static String run(String database, List<String> options) throws Exception {
        TestServer server = TestServer.shared();
        List<String> command = new ArrayList<>(
                List.of("pgbench", "-h", server.host(), "-p", Integer.toString(server.port()), "-U", server.user()));
        command.addAll(options);
        command.add(database);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), err);
        return err;
    }
}
