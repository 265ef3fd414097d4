package dev.pgwire.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestServerTest {
    @Test
    void sharedServerIsOneAndStaysWhenItIsClosed() throws IOException {
        TestServer server = TestServer.shared();
        server.close();

        assertSame(server, TestServer.shared());
        new Socket(server.host(), server.port()).close();
        assertTrue(server.majorVersion() >= 14 || server.majorVersion() == 0, server.describe());
    }

    @Test
    void dsnTakesMoreKeywordsAtItsEnd() {
        TestServer server = TestServer.shared();

        assertEquals(server.dsn() + " dbname=other", server.dsn("dbname=other"));
    }

    @Test
    void embeddedServerHasTheMajorThatTheBuildChoseAndStopsWhenClosed() {
        TestServer server = TestServer.embedded()
                .setting("password_encryption", "md5")
                .setting("application_name", "a name 'with' blanks")
                .hba("host all alice 127.0.0.1/32 scram-sha-256")
                .start();
        try (server) {
            assertEquals(System.getProperty("pg.version"), Integer.toString(server.majorVersion()));
            assertTrue(server.describe().startsWith("embedded PostgreSQL " + server.majorVersion() + "."));
            assertEquals("host=127.0.0.1 port=" + server.port() + " user=postgres dbname=postgres", server.dsn());
            Dsn alice = Dsn.parse(server.dsn("user=alice"));
            assertEquals(ServerVersion.UNKNOWN, ServerVersion.reportedBy(alice), "alice needs a password");
        }
        assertEquals(ServerVersion.UNKNOWN, ServerVersion.reportedBy(Dsn.parse(server.dsn())));
    }

    @Test
    void environmentNamesAnExternalServer() {
        TestServer inner = TestServer.shared();
        TestServer server = new ServerChoice(Map.of("PGWIRE_TEST_DSN", inner.dsn())).start();

        assertEquals(inner.dsn(), server.dsn());
        assertEquals(inner.majorVersion(), server.majorVersion());
        assertTrue(server.describe().startsWith("external PostgreSQL"), server.describe());
    }
}
