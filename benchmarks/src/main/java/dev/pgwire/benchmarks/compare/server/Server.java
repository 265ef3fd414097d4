package dev.pgwire.benchmarks.compare.server;

import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The server that everybody talks to. */
public sealed interface Server extends AutoCloseable permits Server.Given, Server.Embedded, DistributionServer {
    /** Where it is. */
    Address address();

    /** What it is, for people: {@code the distribution's server}. */
    String kind();

    @Override
    void close();

    /**
     * The server of a connection string; without one, the distribution's PostgreSQL if there is one, else the embedded one,
     * whose binaries are built to be small.
     */
    static Server start(@Nullable String dsn) throws IOException, InterruptedException {
        if (dsn != null) {
            return new Given(Address.parse(dsn));
        }
        @Nullable Installation installation = Installation.find();
        return installation == null ? Embedded.start() : DistributionServer.start(installation);
    }

    /** One that runs already, and goes on running. */
    record Given(Address address) implements Server {
        @Override
        public String kind() {
            return "a server that was given";
        }

        @Override
        public void close() {}
    }

    /** The one that the tests use. */
    record Embedded(TestServer server) implements Server {
        static Embedded start() {
            return new Embedded(
                    TestServer.embedded().setting("shared_buffers", "512MB").start());
        }

        @Override
        public Address address() {
            return Address.parse(server.dsn());
        }

        @Override
        public String kind() {
            return "an embedded server, built to be small";
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
