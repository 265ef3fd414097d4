package dev.pgwire.testkit;

import java.util.Map;

/** Which server {@link TestServer#shared()} is: the first of three ways that leads to one. */
final class ServerChoice {
    static final String VARIABLE = "PGWIRE_TEST_DSN";

    private final Map<String, String> environment;

    ServerChoice(Map<String, String> environment) {
        this.environment = environment;
    }

    TestServer start() {
        String given = environment.get(VARIABLE);
        if (given != null && !given.isBlank()) {
            return external(given);
        }
        try {
            // A test that closes the shared server in a try-with-resources must not take it from the others.
            return new EmbeddedServer().start().withoutStop();
        } catch (IllegalStateException noEmbedded) {
            return container(noEmbedded);
        }
    }

    static TestServer external(String given) {
        Dsn dsn = Dsn.parse(given);
        return new TestServer(dsn, "external", ServerVersion.reportedBy(dsn), () -> {});
    }

    private static TestServer container(IllegalStateException noEmbedded) {
        try {
            // Testcontainers is optional: without it this class cannot be linked, which is an answer too.
            if (ContainerServer.isPossible()) {
                return ContainerServer.start();
            }
        } catch (NoClassDefFoundError absent) {
            noEmbedded.addSuppressed(absent);
        }
        throw new IllegalStateException(
                "no PostgreSQL to test against: the embedded one does not run here (see the cause) and there is no Docker;"
                        + " set " + VARIABLE + " to the DSN of a server",
                noEmbedded);
    }
}
