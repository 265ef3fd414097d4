package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write who come from another driver gets one sentence that helps. */
@Timeout(120)
class HintsIT {
    private static final String NOTATION = "a parameter is written $1, or :name with a map or a record, and not ";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.embedded().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM pg_class WHERE relname = ?",
                "SELECT * FROM pg_class WHERE relname=?",
                "SELECT ?",
                "VALUES (?)",
                "INSERT INTO pg_class VALUES (?, ?)"
            })
    void questionMarksAreToldHowParametersAreWritten(String sql) {
        assertHint(sql, NOTATION + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT * FROM pg_class WHERE relname = %s", "VALUES (%s)", "SELECT %s, %s"})
    void percentSignsAreToldHowParametersAreWritten(String sql) {
        assertHint(sql, NOTATION + "%s");
    }

    @Test
    void aParameterOfNoTypeIsToldHowToGetOne() {
        try (Connection conn = Postgres.connect(server.dsn())) {
            DatabaseException failure =
                    assertThrows(DatabaseException.class, () -> conn.execute("SELECT $1 IS NULL", UUID.randomUUID()));
            assertEquals("42P18", failure.sqlState());
            assertTrue(failure.getMessage().contains("\nHINT: "), failure.getMessage());
            assertTrue(failure.hint().contains("$1::uuid"), failure.getMessage());
        }
    }

    @Test
    void aParameterThatIsTakenForTextIsToldHowToBeANumber() {
        assertMessage("SELECT $1", "$1::int", 5);
    }

    @Test
    void aListForInIsToldOfAny() {
        assertMessage("SELECT * FROM pg_class WHERE oid::int IN ($1)", "= ANY($1)", List.of(1, 2));
    }

    /** What is wrong stands elsewhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT zzz FROM (SELECT '{}'::jsonb AS a) t WHERE a ? 'x'",
                "SELECT 1 FORM t WHERE a @? '$.x'",
                "SELECT 1 FORM t WHERE a ?| '{x}'",
                "SELECT zzz, 5 % s FROM (SELECT 3 AS s) t"
            })
    void operatorsThatLookLikePlaceholdersGetNoHint(String sql) {
        try (Connection conn = Postgres.connect(server.dsn())) {
            PgException failure = assertThrows(PgException.class, () -> conn.execute(sql));
            assertFalse(failure.getMessage().contains(NOTATION), failure.getMessage());
        }
    }

    private static void assertHint(String sql, String hint) {
        for (String prepare : List.of("on-first-use", "never")) {
            try (Connection conn = Postgres.connect(server.dsn("prepare=" + prepare))) {
                PgException failure = assertThrows(PgException.class, () -> conn.execute(sql, "a"));
                assertTrue(failure.getMessage().contains(hint), failure.getMessage());
            }
        }
    }

    private static void assertMessage(String sql, String hint, Object value) {
        try (Connection conn = Postgres.connect(server.dsn())) {
            PgException failure = assertThrows(PgException.class, () -> conn.execute(sql, value));
            assertTrue(failure.getMessage().contains(hint), failure.getMessage());
        }
    }
}
