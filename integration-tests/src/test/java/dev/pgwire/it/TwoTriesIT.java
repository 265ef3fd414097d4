package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InvalidPasswordException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failure is thrown when a server lets a user in neither with TLS nor without. */
@Timeout(120)
class TwoTriesIT {
    private static TlsServer server;

    @BeforeAll
    static void start(@TempDir Path files) {
        server = TlsServer.start(
                files,
                "hostssl all with_tls 127.0.0.1/32 scram-sha-256",
                "hostnossl all without_tls 127.0.0.1/32 scram-sha-256",
                "hostssl all certified 127.0.0.1/32 cert",
                "host all closed 127.0.0.1/32 reject");
        server.set("ssl_ca_file", server.certificates().authority().toString());
        server.execute(
                "CREATE ROLE with_tls LOGIN PASSWORD 'right'",
                "CREATE ROLE without_tls LOGIN PASSWORD 'right'",
                "CREATE ROLE certified LOGIN",
                "CREATE ROLE closed LOGIN");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The try that is refused for its encryption alone says nothing of the password. */
    @ParameterizedTest
    @CsvSource({
        "prefer, with_tls,    WITHOUT TLS",
        "allow,  with_tls,    WITHOUT TLS",
        "prefer, without_tls, WITH TLS",
    })
    void aWrongPasswordIsTheFailureAndTheRefusalOfTheOtherTryIsToldBehindIt(String mode, String user, String other) {
        DatabaseException failure = failure("password=wrong sslmode=" + mode + " user=" + user);
        assertEquals(InvalidPasswordException.class, failure.getClass());
        assertEquals("28P01", failure.sqlState());
        String message = failure.getMessage();
        assertTrue(message.startsWith("FATAL: password authentication failed for user \"" + user + "\""), message);
        assertTrue(message.contains("\n" + other + ": FATAL: no pg_hba.conf entry for host"), message);
        assertEquals(1, failure.getSuppressed().length);
        assertEquals("28000", ((DatabaseException) failure.getSuppressed()[0]).sqlState());
    }

    /** The caller is asked in the second try only, and has to know of it. */
    @ParameterizedTest
    @CsvSource({"allow, with_tls", "prefer, without_tls"})
    void aPasswordThatIsMissingInTheSecondTryIsTheFailure(String mode, String user) {
        DatabaseException failure = failure("sslmode=" + mode + " user=" + user);
        assertEquals(InvalidPasswordException.class, failure.getClass());
        assertTrue(failure.getMessage().contains("none was given"), failure.getMessage());
        assertTrue(failure.getMessage().contains("no pg_hba.conf entry"), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"allow", "prefer"})
    void aCertificateThatTlsNeedsCountsMoreThanThatThereIsNoWayWithout(String mode) {
        DatabaseException failure = failure("sslmode=" + mode + " user=certified");
        assertEquals("28000", failure.sqlState());
        assertTrue(
                failure.getMessage().startsWith("FATAL: connection requires a valid client certificate"),
                failure.getMessage());
        assertTrue(failure.getMessage().contains("WITHOUT TLS: FATAL: no pg_hba.conf entry"), failure.getMessage());
    }

    @Test
    void twoRefusalsOfTheSameKindAreBothTold() {
        DatabaseException failure = failure("sslmode=prefer user=closed");
        assertEquals("28000", failure.sqlState());
        assertTrue(failure.getMessage().contains("WITHOUT TLS: "), failure.getMessage());
    }

    private static DatabaseException failure(String dsn) {
        return assertThrows(
                DatabaseException.class,
                () -> Postgres.connect("host=127.0.0.1 dbname=postgres port=" + server.port() + " " + dsn));
    }
}
