package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.ConnectionFailureException;
import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What two hundred connections with TLS leave behind: no file descriptor, no thread, no memory outside the heap. */
@Timeout(120)
class TlsResourcesIT {
    private static final int CONNECTIONS = 200;
    /** What the first connections may leave for ever: classes, the JDK's own buffers. */
    private static final int FIRST = 20;

    @TempDir
    private static Path files;

    private static TlsServer server;

    @FunctionalInterface
    private interface Use {
        void run() throws IOException;
    }

    @BeforeAll
    static void start() {
        server = TlsServer.start(files);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void connectionsThatWereUsedAndClosedLeaveNothing() throws IOException {
        assertLeavesNothing(() -> {
            try (Connection conn = Postgres.connect(server.dsn(""))) {
                conn.execute("SELECT repeat('x', 100000)").fetchOne();
                conn.execute("SELECT i FROM generate_series(1, 100000) i").next();
            }
        });
    }

    @Test
    void connectionsThatTheServerEndedLeaveNothing() throws IOException {
        try (Connection admin = server.admin()) {
            assertLeavesNothing(() -> {
                try (Connection conn = Postgres.connect(server.dsn(""))) {
                    admin.execute("SELECT pg_terminate_backend($1)", conn.processId());
                    assertThrows(RuntimeException.class, () -> conn.execute("SELECT pg_sleep(60)")
                            .fetchAll());
                }
            });
        }
    }

    @Test
    void cancelRequestsLeaveNothing() throws IOException {
        try (Connection conn = Postgres.connect(server.dsn(""))) {
            conn.onNotice(notice -> conn.cancel());
            assertLeavesNothing(() -> assertThrows(
                    RuntimeException.class,
                    () -> conn.execute("DO 'BEGIN RAISE NOTICE ''now''; PERFORM pg_sleep(60); END'")));
        }
    }

    @Test
    void refusedHandshakesLeaveNothing() throws IOException {
        String wrongName = server.dsn("host=db.example");
        assertLeavesNothing(() -> assertThrows(ConnectionFailureException.class, () -> Postgres.connect(wrongName)));
        server.serve(
                server.certificates().issue(new CertificateBuilder().ecp256().subject("CN=db")));
        try {
            assertLeavesNothing(
                    () -> assertThrows(ConnectionFailureException.class, () -> Postgres.connect(server.dsn(""))));
        } finally {
            server.serve(server.certificates().issue(TestCertificates.forLocalhost()));
        }
    }

    @Test
    void refusedLogInsLeaveNothing() throws IOException {
        assertLeavesNothing(() ->
                assertThrows(RuntimeException.class, () -> Postgres.connect(server.dsn("user=nobody_is_called_so"))));
    }

    private static void assertLeavesNothing(Use use) throws IOException {
        assumeTrue(HeldResources.areTold(), "not run: the system does not list what is open");
        for (int i = 0; i < FIRST; i++) {
            use.run();
        }
        HeldResources before = HeldResources.now();
        for (int i = 0; i < CONNECTIONS; i++) {
            use.run();
        }
        HeldResources after = HeldResources.now();
        Set<String> threads = after.threads();
        // What classes before this one have left may be closed meanwhile.
        assertTrue(
                before.descriptors().containsAll(after.descriptors()),
                after.descriptors() + " after " + before.descriptors());
        assertTrue(before.threads().containsAll(threads), () -> threads + " after " + before.threads());
        assertEquals(before.nettyMemory(), after.nettyMemory(), "bytes of Netty's outside the heap");
        // The JDK keeps a buffer for each size that a thread has sent or received from the heap. On newer JDKs Netty
        // leaves what it gives up to the collector.
        for (int i = 0; i < 50 && after.directMemory() - before.directMemory() >= CONNECTIONS * 1024L; i++) {
            System.gc();
            LockSupport.parkNanos(20_000_000);
            after = HeldResources.now();
        }
        long grown = after.directMemory() - before.directMemory();
        assertTrue(grown < CONNECTIONS * 1024L, () -> grown + " bytes outside the heap");
    }
}
