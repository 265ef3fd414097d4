package dev.pgwire.it;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.EmbeddedServer;
import dev.pgwire.testkit.TestServer;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;
import java.time.OffsetDateTime;

/** An embedded server with TLS, whose certificate and settings can be changed while it runs. */
final class TlsServer implements AutoCloseable {
    private final TestServer server;
    private final TestCertificates certificates;

    private TlsServer(TestServer server, TestCertificates certificates) {
        this.server = server;
        this.certificates = certificates;
    }

    /** With a certificate for {@code localhost}; the files lie in the directory. */
    static TlsServer start(Path directory, String... rules) {
        TestCertificates certificates = TestCertificates.in(directory);
        EmbeddedServer server = TestServer.embedded()
                .setting("ssl_cert_file", certificates.serverCertificate().toString())
                .setting("ssl_key_file", certificates.serverKey().toString());
        for (String rule : rules) {
            server.hba(rule);
        }
        TlsServer started = new TlsServer(server.start(), certificates);
        // What is said at the start cannot be changed later.
        started.set("ssl", "on");
        return started;
    }

    TestCertificates certificates() {
        return certificates;
    }

    int port() {
        return server.port();
    }

    int majorVersion() {
        return server.majorVersion();
    }

    /** The superuser, trusted, over TLS with a server that is verified in full; what is said later counts. */
    String dsn(String extra) {
        return "host=localhost hostaddr=127.0.0.1 port=" + port() + " user=postgres dbname=postgres gssencmode=disable"
                + " sslmode=verify-full sslrootcert=" + certificates.authority() + " " + extra;
    }

    /** A connection that no test is about. */
    Connection admin() {
        return Postgres.connect(server.dsn("sslmode=disable"));
    }

    void execute(String... statements) {
        try (Connection admin = admin()) {
            for (String statement : statements) {
                admin.execute(statement);
            }
        }
    }

    /** Shows another certificate from now on. */
    void serve(X509Bundle bundle) {
        certificates.serve(bundle);
        reload();
    }

    /** Changes a setting from now on; {@code DEFAULT} takes it back. */
    void set(String name, String value) {
        execute("ALTER SYSTEM SET " + name + " = " + (value.equals("DEFAULT") ? value : "'" + value + "'"));
        reload();
    }

    /** Returns when a new connection is served as the files say. */
    private void reload() {
        OffsetDateTime before = loadTime();
        execute("SELECT pg_reload_conf()");
        while (loadTime().equals(before)) {
            Thread.onSpinWait();
        }
    }

    private OffsetDateTime loadTime() {
        try (Connection admin = admin()) {
            return admin.execute("SELECT pg_conf_load_time()").fetchOne().getOffsetDateTime(0);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
