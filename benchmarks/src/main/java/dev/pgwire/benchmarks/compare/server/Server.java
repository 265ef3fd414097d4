package dev.pgwire.benchmarks.compare.server;

import dev.pgwire.testkit.InstalledPostgres;
import dev.pgwire.testkit.TestServer;
import org.jspecify.annotations.Nullable;

/** The server that all contestants talk to. */
public sealed interface Server extends AutoCloseable permits Server.Given, Server.Embedded, Server.Installed {
    /** Where it is. */
    Address address();

    /** The same by a role that has a password; without one where none is known. */
    Address scram();

    /** What it is, for people: {@code the distribution's server}. */
    String kind();

    @Override
    void close();

    /**
     * The server of a connection string; without one, the distribution's PostgreSQL if there is one, else the embedded one,
     * whose binaries are built to be small.
     */
    static Server start(@Nullable String dsn) {
        if (dsn != null) {
            return new Given(Address.parse(dsn));
        }
        return InstalledPostgres.isInstalled() ? Installed.start() : Embedded.start();
    }

    /** One that runs already, and goes on running. */
    record Given(Address address) implements Server {
        @Override
        public Address scram() {
            return address;
        }

        @Override
        public String kind() {
            return "a server that was given";
        }

        @Override
        public void close() {}
    }

    /** The distribution's, on a port and in a directory of its own, for as long as the comparison takes. */
    record Installed(InstalledPostgres server, Address address, Address scram) implements Server {
        /** Its tables fit into memory, and nothing disturbs it. */
        static Installed start() {
            Certificate certificate = Certificate.make();
            InstalledPostgres server = InstalledPostgres.builder()
                    .certificate(certificate.certificate(), certificate.key())
                    .hba(Passwords.RULE)
                    .setting("max_connections", "200")
                    .setting("shared_buffers", "768MB")
                    .setting("autovacuum", "off")
                    .setting("max_wal_size", "4GB")
                    .setting("log_min_messages", "fatal")
                    .setting("log_min_error_statement", "fatal")
                    .start();
            try {
                Address address = Address.parse(server.dsn());
                return new Installed(server, address, Passwords.make(address));
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
        }

        @Override
        public String kind() {
            return "the distribution's server, started for this";
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** The one that the tests use. */
    record Embedded(TestServer server, Address address, Address scram) implements Server {
        static Embedded start() {
            Certificate.Files files = Certificate.make().write();
            TestServer server = TestServer.embedded()
                    .setting("shared_buffers", "512MB")
                    .setting("ssl", "on")
                    .setting("ssl_cert_file", files.certificate().toString())
                    .setting("ssl_key_file", files.key().toString())
                    .hba(Passwords.RULE)
                    .start();
            try {
                Address address = Address.parse(server.dsn());
                return new Embedded(server, address, Passwords.make(address));
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
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
