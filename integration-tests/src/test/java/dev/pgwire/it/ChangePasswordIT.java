package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.PasswordEncryption;
import dev.pgwire.Passwords;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.config.Config;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.InvalidPasswordException;
import dev.pgwire.protocol.auth.ScramVerifier;
import dev.pgwire.testkit.TestServer;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passwords that are changed without the server hearing them. */
@Timeout(60)
class ChangePasswordIT {
    private static final String ROLE = "Cle\"rk's";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.embedded()
                .hba("host all \"Cle\"\"rk's\" 127.0.0.1/32 md5")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Connection admin() {
        Connection conn = Postgres.connect(server.dsn());
        conn.execute("DROP ROLE IF EXISTS \"Cle\"\"rk's\"");
        conn.execute("CREATE ROLE \"Cle\"\"rk's\" LOGIN");
        return conn;
    }

    private static String kept(Connection conn) {
        return conn.execute("SELECT rolpassword FROM pg_authid WHERE rolname = $1", ROLE)
                .fetchSingle()
                .getString(0);
    }

    /** What the server has computed itself, with the same salt. */
    private static String again(String kept, String password) {
        String[] parts = kept.split("[$:]");
        return ScramVerifier.of(
                password.toCharArray(), Base64.getDecoder().decode(parts[2]), Integer.parseInt(parts[1]));
    }

    @Test
    void theVerifierIsTheServersOwn() {
        try (Connection conn = admin()) {
            for (String password :
                    new String[] {"pencil", "p'en\\cil", "Gr\u00fc\u00dfe \u2168", "\u00AD x", "\u0221?"}) {
                conn.execute("SET password_encryption = 'scram-sha-256'");
                conn.executeMogrified("ALTER ROLE \"Cle\"\"rk's\" PASSWORD $1", password);
                assertEquals(kept(conn), again(kept(conn), password));
                conn.changePassword(ROLE, password);
                assertTrue(kept(conn).startsWith("SCRAM-SHA-256$4096:"));
                assertEquals(kept(conn), again(kept(conn), password));
                String md5 = Passwords.encrypt(password, ROLE, PasswordEncryption.MD5);
                assertEquals(
                        "md5"
                                + conn.execute("SELECT md5($1::text || $2::text)", password, ROLE)
                                        .fetchSingle()
                                        .getString(0),
                        md5);
            }
        }
    }

    private static String login(String password) {
        Config config = Config.parse(server.dsn()).toBuilder()
                .user(ROLE)
                .password(password)
                .database("postgres")
                .build();
        try (Connection conn = Postgres.connect(config)) {
            return conn.execute("SELECT current_user").fetchSingle().getString(0);
        }
    }

    @Test
    void theChangedPasswordLetsIn() throws Exception {
        try (Connection conn = admin()) {
            conn.changePassword(ROLE, "first \u2168");
            assertEquals(ROLE, login("first \u2168"));
            assertThrows(InvalidPasswordException.class, () -> login("second"));
            conn.execute("SET password_encryption = 'md5'");
            conn.changePassword(ROLE, "second");
            assertTrue(kept(conn).startsWith("md5"));
            assertEquals(kept(conn), conn.encryptPassword("second", ROLE));
            assertEquals(ROLE, login("second"));
            AsyncConnection async = Postgres.connectAsync(server.dsn()).get();
            async.changePassword(ROLE, "third").get(30, TimeUnit.SECONDS);
            assertEquals(ROLE, login("third"));
            assertTrue(async.encryptPassword("third", ROLE)
                    .get(30, TimeUnit.SECONDS)
                    .startsWith("SCRAM-SHA-256$4096:"));
            assertThrows(InterfaceException.class, () -> async.changePassword(ROLE, ""));
            async.close().get();
        }
    }

    @Test
    void itIsPartOfTheTransaction() {
        try (Connection conn = admin()) {
            conn.autocommit(false);
            conn.changePassword(ROLE, "never");
            conn.rollback();
            conn.autocommit(true);
            assertEquals(null, kept(conn));
        }
    }

    @Test
    void noExceptionTellsAPasswordOrWhatTheServerKeeps() {
        try (Connection conn = admin()) {
            DatabaseException refused =
                    assertThrows(DatabaseException.class, () -> conn.changePassword("no such role", "very secret"));
            assertEquals("42704", refused.sqlState());
            assertEquals("ALTER USER \"no such role\" PASSWORD '***'", refused.sql());
            for (String told : new String[] {refused.toString(), refused.getMessage(), refused.sql()}) {
                assertFalse(told.contains("secret") || told.contains("SCRAM-SHA"), told);
            }
            for (String password : new String[] {"", "secret\0", "secret\uD800"}) {
                String told = assertThrows(InterfaceException.class, () -> conn.changePassword(ROLE, password))
                        .toString();
                assertTrue(told.contains("expected"), told);
                assertFalse(told.contains("secret"), told);
            }
            assertEquals(1, conn.execute("SELECT 1").fetchSingle().getInt(0));
        }
    }
}
