package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.DataException;
import dev.pgwire.testkit.TestServer;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code 01/02/2024} means is the user's business, whoever says so; that dates come in ISO is the driver's. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DateStyleIT {
    private static final LocalDate FEBRUARY = LocalDate.of(2024, 2, 1);
    private static final LocalDate JANUARY = LocalDate.of(2024, 1, 2);
    private static final String AMBIGUOUS = "SELECT '01/02/2024'::date";

    @BeforeAll
    static void createTheRoles() {
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            dropTheRoles();
            conn.execute("CREATE ROLE style_dmy LOGIN SUPERUSER");
            conn.execute("ALTER ROLE style_dmy SET DateStyle = 'ISO, DMY'");
            conn.execute("CREATE ROLE style_german LOGIN SUPERUSER");
            conn.execute("ALTER ROLE style_german SET DateStyle = 'German'");
            conn.execute("CREATE DATABASE style_sql");
            conn.execute("ALTER DATABASE style_sql SET DateStyle = 'SQL, DMY'");
        }
    }

    @AfterAll
    static void dropTheRoles() {
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            conn.execute("DROP ROLE IF EXISTS style_dmy");
            conn.execute("DROP ROLE IF EXISTS style_german");
            conn.execute("DROP DATABASE IF EXISTS style_sql");
        }
    }

    private static Connection connect(String extra) {
        return Postgres.connect(TestServer.shared().dsn(extra));
    }

    private static LocalDate simple(Connection conn, String sql) {
        try (Cursor cursor = conn.cursor().executeSimple(sql)) {
            return cursor.fetchOne().getLocalDate(0);
        }
    }

    private static String show(Connection conn) {
        try (Cursor cursor = conn.cursor().executeSimple("SHOW DateStyle")) {
            return cursor.fetchOne().getString(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user=style_dmy",
                "user=style_german",
                "dbname=style_sql",
                "options='-c DateStyle=DMY'",
                "options='-c datestyle=German'",
                "options='-c DateStyle=Postgres,DMY'",
                "dbname=style_sql user=style_german options='-c DateStyle=SQL,DMY'"
            })
    void theOrderIsThatOfRoleDatabaseAndOptions(String extra) {
        for (String prepare : List.of("", " prepare=never")) {
            try (Connection conn = connect(extra + prepare)) {
                assertEquals("ISO, DMY", conn.parameter("DateStyle"));
                assertEquals("ISO, DMY", show(conn));
                assertEquals(FEBRUARY, conn.execute(AMBIGUOUS).fetchOne().getLocalDate(0));
                assertEquals(FEBRUARY, simple(conn, AMBIGUOUS));
                assertEquals(
                        FEBRUARY,
                        conn.execute("SELECT $1::date", "01/02/2024").fetchOne().getLocalDate(0));
                conn.execute("CREATE TEMP TABLE stored (d date)");
                conn.execute("INSERT INTO stored VALUES ('01/02/2024')");
                assertEquals(
                        1,
                        conn.execute("SELECT count(*) FROM stored WHERE d = $1", FEBRUARY)
                                .fetchOne()
                                .getInt(0));
            }
        }
    }

    @Test
    void withoutAnySettingItIsThatOfTheServer() {
        try (Connection conn = connect("")) {
            String order = conn.parameter("DateStyle");
            assertEquals(order.endsWith("DMY") ? FEBRUARY : JANUARY, simple(conn, AMBIGUOUS));
        }
    }

    @Test
    void psqlReadsTheSame() {
        assumeTrue(Psql.isInstalled(), "psql is not installed");
        for (String extra : List.of("", "user=style_dmy", "user=style_german", "options='-c DateStyle=SQL,DMY'")) {
            String sql = "SELECT to_char('01/02/2024'::date, 'YYYY-MM-DD')";
            try (Connection conn = connect(extra)) {
                assertEquals(
                        Psql.ask(TestServer.shared().dsn(extra), sql).said().strip(),
                        conn.execute(sql).fetchOne().getString(0));
            }
        }
    }

    @Test
    void whatKeepsTheStyleIsNotChanged() {
        Config config = Config.parse(TestServer.shared().dsn("user=style_german")).toBuilder()
                .keepDateStyle()
                .build();
        try (Connection conn = Postgres.connect(config)) {
            assertEquals("German, DMY", show(conn));
            assertEquals(FEBRUARY, conn.execute(AMBIGUOUS).fetchOne().getLocalDate(0));
            conn.execute("RESET ALL");
            assertEquals("German, DMY", show(conn));
        }
    }

    @Test
    void aStyleThatTheUserSetsStaysAndItsTextIsRefusedInPlainWords() {
        try (Connection conn = connect("user=style_german")) {
            conn.execute("SET DateStyle = 'SQL'");
            assertEquals("SQL, DMY", show(conn));
            assertEquals(FEBRUARY, conn.execute(AMBIGUOUS).fetchOne().getLocalDate(0));
            try (Cursor cursor = conn.cursor().executeSimple(AMBIGUOUS)) {
                DataException refused = assertThrows(
                        DataException.class, () -> cursor.fetchOne().getLocalDate(0));
                assertTrue(refused.getMessage().contains("DateStyle ISO"), refused.getMessage());
            }
            assertEquals("SQL, DMY", show(conn));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESET ALL", "DISCARD ALL", "RESET DateStyle", "SET DateStyle TO DEFAULT"})
    void aResetBringsBackTheOrderAndNoStyleThatIsNotRead(String reset) {
        for (String prepare : List.of("", " prepare=never")) {
            try (Connection conn = connect("user=style_german" + prepare)) {
                conn.execute("SET DateStyle = 'SQL, MDY'");
                assertEquals("SQL, MDY", show(conn));
                conn.execute(reset);
                assertEquals(FEBRUARY, simple(conn, AMBIGUOUS));
                assertEquals("ISO, DMY", show(conn));
                conn.execute(reset);
                try (Pipeline pipeline = conn.pipeline()) {
                    Cursor first = pipeline.execute(AMBIGUOUS);
                    assertEquals(FEBRUARY, first.fetchOne().getLocalDate(0));
                }
                conn.execute(reset);
                assertEquals(FEBRUARY, conn.execute(AMBIGUOUS).fetchOne().getLocalDate(0));
            }
        }
    }

    @Test
    void aTransactionThatIsRolledBackUndoesTheReset() {
        try (Connection conn = connect("user=style_german")) {
            conn.begin();
            conn.execute("RESET ALL");
            assertEquals("German, DMY", show(conn));
            conn.rollback();
            assertEquals("ISO, DMY", show(conn));
            assertEquals(FEBRUARY, simple(conn, AMBIGUOUS));
            conn.begin();
            conn.execute("RESET ALL");
            conn.commit();
            assertEquals(FEBRUARY, simple(conn, AMBIGUOUS));
        }
    }

    /** It keeps DateStyle for each of its clients, and sets it on whatever server process comes next. */
    @Test
    void throughAPoolerEveryTransactionReadsTheSame() throws Exception {
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed here: apt-get install pgbouncer");
        try (PgBouncer bouncer = PgBouncer.start(TestServer.shared(), 2);
                Connection german = Postgres.connect(bouncer.dsn("dbname=style_sql prepare=never"));
                Connection other = Postgres.connect(bouncer.dsn("dbname=style_sql prepare=never"))) {
            for (int i = 0; i < 10; i++) {
                other.begin();
                other.execute("SET DateStyle = 'ISO, MDY'");
                assertEquals(JANUARY, simple(other, AMBIGUOUS));
                // The only other process, then the one that the other client has changed.
                assertEquals(FEBRUARY, simple(german, AMBIGUOUS));
                other.commit();
                assertEquals(FEBRUARY, simple(german, AMBIGUOUS));
                assertEquals(FEBRUARY, german.execute(AMBIGUOUS).fetchOne().getLocalDate(0));
            }
        }
    }
}
