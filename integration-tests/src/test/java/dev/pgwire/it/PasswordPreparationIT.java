package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.PgException;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every kind of character in a password that the server itself hashes: what it has prepared must be prepared so here. */
@Timeout(240)
class PasswordPreparationIT {
    /** Beginnings and ends of the ranges of RFC 3454 that are mapped, forbidden, unassigned or of one direction. */
    private static final int[] EDGES = {
        0x7F, 0x80, 0x9F, 0xA0, 0xAD, 0x221, 0x340, 0x341, 0x34F, 0x5BE, 0x5D0, 0x6DD, 0x70F, 0x1680, 0x1806, 0x180B,
        0x180D, 0x180E, 0x2000, 0x200A, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x202A, 0x202E, 0x202F, 0x205F,
        0x2060, 0x2061, 0x2063, 0x206A, 0x206F, 0x2126, 0x212B, 0x2160, 0x2FF0, 0x2FFB, 0x3000, 0xAC00, 0xE000, 0xF8FF,
        0xF900, 0xFB00, 0xFB1D, 0xFB50, 0xFDD0, 0xFDEF, 0xFDFA, 0xFE00, 0xFE0F, 0xFE70, 0xFEFF, 0xFF01, 0xFF21, 0xFFF9,
        0xFFFC, 0xFFFD, 0x10000, 0x10330, 0x1D173, 0x1D400, 0x1F389, 0x2F800, 0x2F868, 0xE0001, 0xE0020, 0xF0000,
        0x10FFFD
    };

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.embedded()
                .hba("host all prepared 127.0.0.1/32 scram-sha-256")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatTheServerHasHashedLetsIn() {
        TreeSet<Integer> characters = new TreeSet<>();
        for (int edge : EDGES) {
            characters.add(edge);
        }
        for (int c = 0x80; c < 0xFFFE; c += 211) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                characters.add(c);
            }
        }
        List<String> refused = new ArrayList<>();
        try (Connection admin = Postgres.connect(server.dsn())) {
            admin.execute("CREATE ROLE prepared LOGIN");
            if (server.majorVersion() >= 16) {
                admin.execute("SET scram_iterations = 1");
            }
            for (int c : characters) {
                String character = Character.toString(c);
                for (String password : List.of("x" + character + "\uFB01 1", character + "\u0661" + character)) {
                    admin.execute("ALTER ROLE prepared PASSWORD '" + password + "'");
                    if (!letsIn(password)) {
                        refused.add(Integer.toHexString(c));
                    }
                }
            }
        }
        assertEquals(List.of(), refused);
        assertTrue(characters.size() > 300, "too few characters: " + characters.size());
    }

    private static boolean letsIn(String password) {
        Config config = Config.builder()
                .host("127.0.0.1")
                .port(server.port())
                .user("prepared")
                .set("dbname", "postgres")
                .set("sslmode", "disable")
                .password(password)
                .build();
        try (Connection connection = Postgres.connect(config)) {
            return !connection.isClosed();
        } catch (PgException refused) {
            return false;
        }
    }
}
