package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the server tells without being asked: notices and parameters; and what it is told when a session begins. */
class ServerStateIT {
    private static Connection connect(String extra) {
        return Postgres.connect(TestServer.shared().dsn(extra));
    }

    @Test
    void aNoticeReachesTheListAndTheListener() {
        try (Connection conn = connect("")) {
            List<Diagnostic> told = new ArrayList<>();
            conn.onNotice(told::add);
            assertEquals(List.of(), conn.notices());

            conn.execute("DO $$ BEGIN RAISE NOTICE 'hellø %', 1 USING DETAIL = 'the detail', HINT = 'the hint';"
                    + " RAISE WARNING 'careful'; RAISE INFO 'by the way'; RAISE DEBUG 'not sent'; END $$");

            assertEquals(3, told.size());
            assertEquals(told, conn.notices());
            Diagnostic notice = told.get(0);
            assertEquals("NOTICE", notice.severity());
            assertEquals("00000", notice.sqlState());
            assertEquals("hellø 1", notice.message());
            assertEquals("the detail", notice.detail());
            assertEquals("the hint", notice.hint());
            assertEquals("PL/pgSQL function inline_code_block line 1 at RAISE", notice.where());
            assertEquals("WARNING", told.get(1).severity());
            assertEquals("01000", told.get(1).sqlState());
            assertEquals("INFO", told.get(2).severity());
        }
    }

    @Test
    void noticesArriveWhicheverWayAStatementGoes() {
        try (Connection conn = connect("")) {
            conn.execute("CREATE FUNCTION pg_temp.shout(word text) RETURNS text LANGUAGE plpgsql AS"
                    + " $$ BEGIN RAISE NOTICE '%', word; RETURN word; END $$");

            conn.execute("SELECT pg_temp.shout('prepared')");
            conn.execute("SELECT pg_temp.shout($1)", "bound");
            conn.cursor().executeSimple("SELECT pg_temp.shout('simple')");
            conn.execute("SELECT pg_temp.shout('first'); SELECT pg_temp.shout('second')");
            conn.cursor().executeMany("SELECT pg_temp.shout($1)", List.of(List.of("many"), List.of("more")));

            assertEquals(
                    List.of("prepared", "bound", "simple", "first", "second", "many", "more"),
                    conn.notices().stream().map(Diagnostic::message).toList());
        }
    }

    @Test
    void theLastFiftyNoticesAreKept() {
        try (Connection conn = connect("")) {
            List<String> told = new ArrayList<>();
            conn.onNotice(notice -> told.add(notice.message()));

            conn.execute("DO $$ BEGIN FOR i IN 1..120 LOOP RAISE NOTICE '%', i; END LOOP; END $$");

            assertEquals(
                    IntStream.rangeClosed(71, 120).mapToObj(Integer::toString).toList(),
                    conn.notices().stream().map(Diagnostic::message).toList());
            assertEquals(120, told.size());
        }
    }

    @Test
    void theListenerCanBeChangedAndTakenAway() {
        try (Connection conn = connect("")) {
            List<String> first = new ArrayList<>();
            List<String> second = new ArrayList<>();
            conn.onNotice(notice -> first.add(notice.message()));
            conn.execute("DO $$ BEGIN RAISE NOTICE 'one'; END $$");
            conn.onNotice(notice -> second.add(notice.message()));
            conn.execute("DO $$ BEGIN RAISE NOTICE 'two'; END $$");
            conn.onNotice(null);
            conn.execute("DO $$ BEGIN RAISE NOTICE 'three'; END $$");

            assertEquals(List.of("one"), first);
            assertEquals(List.of("two"), second);
            assertEquals(3, conn.notices().size());
        }
    }

    @Test
    void aListenerThatFailsHarmsNobody() {
        try (Connection conn = connect("")) {
            conn.onNotice(notice -> {
                throw new IllegalStateException("a listener's own mistake");
            });

            conn.execute("DO $$ BEGIN RAISE NOTICE 'one'; RAISE NOTICE 'two'; END $$");

            assertEquals(2, conn.notices().size());
            assertEquals(1, conn.execute("SELECT 1").fetchOne().getInt(0));
        }
    }

    @Test
    void parametersFollowWhatIsSet() {
        try (Connection conn = connect("")) {
            conn.execute("SET TIME ZONE 'Asia/Kolkata'");
            assertEquals("Asia/Kolkata", conn.parameter("TimeZone"));
            assertEquals("Asia/Kolkata", conn.parameters().get("TimeZone"));

            conn.execute("SELECT set_config('TimeZone', 'America/New_York', false)");
            assertEquals("America/New_York", conn.parameter("TimeZone"));

            conn.execute("BEGIN");
            conn.execute("SET LOCAL TimeZone = 'Europe/Paris'");
            assertEquals("Europe/Paris", conn.parameter("TimeZone"));
            conn.execute("ROLLBACK");
            assertEquals("America/New_York", conn.parameter("TimeZone"));

            conn.execute("SET application_name = 'renamed'");
            assertEquals("renamed", conn.parameter("application_name"));
        }
    }

    @Test
    void theServerReportsItselfAtTheBeginning() {
        try (Connection conn = connect("")) {
            assertEquals("UTF8", conn.parameter("client_encoding"));
            assertEquals("UTF8", conn.parameter("server_encoding"));
            assertEquals("on", conn.parameter("integer_datetimes"));
            assertEquals("on", conn.parameter("standard_conforming_strings"));
            assertTrue(String.valueOf(conn.parameter("DateStyle")).startsWith("ISO"));
            assertEquals(conn.parameter("server_version"), conn.serverVersion());
            assertEquals(conn.execute("SHOW server_version").fetchOne().getString(0), conn.serverVersion());
            assertEquals(conn.execute("SELECT pg_backend_pid()").fetchOne().getInt(0), conn.processId());
            assertNull(conn.parameter("no_such_parameter"));
        }
    }

    @Test
    void applicationNameAndOptionsOfTheDsnArrive() {
        try (Connection conn = connect(
                "application_name='my äpp' options='-c statement_timeout=12345 -c" + " search_path=\"a\\\\ b\",c'")) {
            assertEquals("12345ms", show(conn, "statement_timeout"));
            assertEquals("\"a b\",c", show(conn, "search_path"));
            // Other than ASCII is not kept in a server's process title; how it is shown has changed with version 16.
            assertEquals(conn.parameter("application_name"), show(conn, "application_name"));
            assertTrue(show(conn, "application_name").startsWith("my "));
        }
        try (Connection conn = connect("application_name=plain")) {
            assertEquals("plain", conn.parameter("application_name"));
            assertEquals(
                    "plain",
                    conn.execute("SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()")
                            .fetchOne()
                            .getString(0));
        }
    }

    @Test
    void optionsThatTheServerRefusesEndTheConnection() {
        DatabaseException refused =
                assertThrows(DatabaseException.class, () -> connect("options='-c no_such_setting=1'"));

        assertEquals("42704", refused.sqlState());
        assertTrue(refused.getMessage().contains("no_such_setting"), refused::getMessage);
    }

    private static String show(Connection conn, String parameter) {
        return String.valueOf(conn.execute("SHOW " + parameter).fetchOne().getString(0));
    }
}
