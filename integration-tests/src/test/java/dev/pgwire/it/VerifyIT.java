package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.UndefinedColumnException;
import dev.pgwire.row.Mismatch;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Conversion;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements that are checked against their records before the first user runs them. */
@Timeout(120)
class VerifyIT {
    enum Mood {
        HAPPY,
        SAD
    }

    record Address(String city, int zip) {}

    record Person(
            long id,
            Optional<String> name,
            Mood mood,
            Address home,
            List<Address> stops,
            LocalDate[] days,
            List<List<Integer>> grid) {}

    record Wrong(Address home) {}

    record Street(String street) {}

    record WrongParts(List<Street> stops) {}

    record Id(int id) {}

    record Nothing() {}

    record Active(boolean active) {}

    record Home(Address home) {}

    private static final String PERSON = "SELECT id, name, mood, home, stops, days, grid FROM person WHERE id = :id";

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TYPE pg_temp.mood AS ENUM ('HAPPY', 'SAD')");
        conn.execute("CREATE TYPE pg_temp.address AS (city text, zip int)");
        conn.execute("CREATE TEMP TABLE person (id int8, name text, mood mood, home address, stops address[],"
                + " days date[], grid int[])");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    @Test
    void whatFitsIsReadAndWhatDoesNotIsNot() {
        conn.execute(
                "INSERT INTO person VALUES (1, NULL, 'SAD', ROW('Rome', 1), ARRAY[ROW('Pisa', 2)::pg_temp.address],"
                        + " '{2026-01-01}', '{{1,2},{3,4}}')");
        Map<String, Class<? extends Record>> all = Map.of(
                PERSON,
                Person.class,
                "SELECT mood AS home FROM person",
                Wrong.class,
                "SELECT stops FROM person",
                WrongParts.class,
                "SELECT days AS id FROM person",
                Id.class,
                "SELECT 1 AS id FROM person WHERE name = $1",
                Id.class,
                "UPDATE person SET name = $1",
                Nothing.class,
                "SELECT ROW(1, 'x') AS home FROM person",
                Id.class);
        List<String> found =
                conn.verify(all).stream().map(Mismatch::sql).sorted().toList();
        List<String> run = new ArrayList<>();
        all.forEach((sql, record) -> {
            try {
                if (sql.startsWith("SELECT")) {
                    Object[] values = sql.contains("$1") ? new Object[] {"x"} : new Object[0];
                    (sql.contains(":id") ? conn.execute(sql, Map.of("id", 1)) : conn.execute(sql, values))
                            .fetchAll(record);
                }
            } catch (PgException refused) {
                run.add(sql);
            }
        });
        assertEquals(run.stream().sorted().toList(), found);
        assertEquals(4, found.size());
    }

    @Test
    void theReasonShowsBothSides() {
        Mismatch wrong = conn.verify(Map.of("SELECT stops FROM person", WrongParts.class))
                .get(0);
        assertTrue(
                wrong.toString()
                        .startsWith("WrongParts <- SELECT stops FROM person: component stops of record WrongParts"
                                + " cannot take column 0 \"stops\": "),
                wrong::toString);
        wrong = conn.verify(Map.of("SELECT idd FROM person", Id.class)).get(0);
        assertEquals(UndefinedColumnException.class, wrong.reason().getClass());
    }

    @Test
    void hundredsOfStatementsAreCheckedInTheirOrder() {
        Map<String, Class<? extends Record>> statements = new LinkedHashMap<>();
        for (int i = 0; i < 700; i++) {
            // Some of them are long, so that they are sent in several parts.
            String comment = i % 7 == 0 ? " -- " + "x".repeat(5_000) : "";
            statements.put((i % 100 == 5 ? "SELEC " : "SELECT ") + i + " AS id" + comment, Id.class);
        }
        List<Mismatch> wrong = conn.verify(statements);
        assertEquals(
                List.of(5, 105, 205, 305, 405, 505, 605),
                wrong.stream()
                        .map(each -> Integer.parseInt(each.sql().split(" ")[1]))
                        .toList());
        assertEquals(1, conn.execute("SELECT 1 AS id").fetchOne(Id.class).id());
    }

    @Test
    void nothingIsRunAndNothingIsLeft() {
        assertEquals(List.of(), conn.verify(Map.of("INSERT INTO person (id) VALUES (1) RETURNING id::int", Id.class)));
        assertEquals(
                0, conn.execute("SELECT count(*) FROM person").fetchSingle().getInt(0));
        assertEquals(
                0,
                conn.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT%'")
                        .fetchSingle()
                        .getInt(0));
    }

    @Test
    void aTransactionGoesOnWithWhatItHas() {
        Map<String, Class<? extends Record>> statements = Map.of(
                "SELECT nothing FROM person", Id.class,
                "SELECT id::int FROM person", Id.class,
                "SELECT id::int FROM later", Id.class);
        conn.transaction(tx -> {
            tx.execute("CREATE TEMP TABLE later (id int)");
            assertEquals(
                    List.of("SELECT nothing FROM person"),
                    conn.verify(statements).stream().map(Mismatch::sql).toList());
            assertEquals(0, locks(tx));
            tx.execute("INSERT INTO later VALUES (1)");
        });
        assertEquals(1, conn.execute("SELECT id FROM later").fetchSingle().getInt(0));
        assertEquals(
                "ERROR: savepoint \"pgwire_verify\" does not exist",
                assertThrows(
                                PgException.class,
                                () -> conn.transaction(tx -> {
                                    conn.verify(statements);
                                    tx.execute("RELEASE SAVEPOINT pgwire_verify");
                                }))
                        .getMessage()
                        .lines()
                        .findFirst()
                        .orElse("")
                        .replaceAll(" \\(SQLSTATE.*", ""));
    }

    private static int locks(Transaction tx) {
        return tx.execute("SELECT count(*) FROM pg_locks WHERE relation = 'person'::regclass"
                        + " AND pid = pg_backend_pid()")
                .fetchSingle()
                .getInt(0);
    }

    @Test
    void aFailedTransactionIsToBeRolledBackBefore() {
        conn.autocommit(false);
        assertThrows(PgException.class, () -> conn.execute("SELECT nothing"));
        assertThrows(InFailedTransactionException.class, () -> conn.verify(Map.of("SELECT 1 AS id", Id.class)));
        conn.rollback();
        assertEquals(List.of(), conn.verify(Map.of("SELECT 1 AS id", Id.class)));
    }

    @Test
    void callersThatDoNotWaitHaveTheSame() throws Exception {
        AsyncConnection async = Postgres.connectAsync(TestServer.shared().dsn()).get(60, TimeUnit.SECONDS);
        try {
            async.execute("BEGIN");
            async.execute("CREATE TEMP TABLE person (id int)");
            List<Mismatch> wrong = async.verify(Map.of(
                            "SELECT nothing FROM person", Id.class,
                            "SELECT id FROM person", Id.class))
                    .get(60, TimeUnit.SECONDS);
            assertEquals(
                    List.of("SELECT nothing FROM person"),
                    wrong.stream().map(Mismatch::sql).toList());
            async.execute("INSERT INTO person VALUES (1)").get(60, TimeUnit.SECONDS);
            async.commit().get(60, TimeUnit.SECONDS);
            assertEquals(
                    List.of(new Id(1)),
                    async.query(Id.class, "SELECT id FROM person").get(60, TimeUnit.SECONDS));
        } finally {
            async.close().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatTheProgramConvertsFits() {
        conn.conversion(Conversion.of(Boolean.class, String.class, "Y"::equals, active -> active ? "Y" : "N"));
        conn.execute("INSERT INTO person (name) VALUES ('Y')");
        String sql = "SELECT name AS active FROM person";
        assertEquals(List.of(), conn.verify(Map.of(sql, Active.class)));
        assertTrue(conn.execute(sql).fetchOne(Active.class).active());
    }

    @Test
    void aTypeThatWasChangedJustNowIsAskedForAnew() {
        String sql = "SELECT home FROM person";
        assertEquals(List.of(), conn.verify(Map.of(sql, Home.class)));
        conn.execute("CREATE TYPE pg_temp.other AS (city text)");
        conn.execute("CREATE TEMP TABLE moved (home other)");
        assertEquals(
                1, conn.verify(Map.of("SELECT home FROM moved", Home.class)).size());
        conn.execute("ALTER TYPE pg_temp.other ADD ATTRIBUTE zip int CASCADE");
        assertEquals(List.of(), conn.verify(Map.of("SELECT home FROM moved", Home.class)));
    }

    @Test
    void aDeadlineEndsTheWaitForALockInBothFaces() throws Exception {
        conn.execute("CREATE TABLE IF NOT EXISTS verified (id int)");
        try (Connection locking = Postgres.connect(TestServer.shared().dsn())) {
            locking.execute("BEGIN");
            locking.execute("LOCK TABLE verified");
            Map<String, Class<? extends Record>> statements = new LinkedHashMap<>();
            statements.put("SELECT 1 AS id", Id.class);
            for (int i = 0; i < 20; i++) {
                statements.put("SELECT id FROM verified WHERE id = " + i, Id.class);
            }
            conn.deadline(Duration.ofMillis(300));
            assertThrows(QueryCanceledException.class, () -> conn.verify(statements));
            conn.deadline(null);
            assertEquals(List.of(), conn.verify(Map.of("SELECT 1 AS id", Id.class)));

            AsyncConnection async =
                    Postgres.connectAsync(TestServer.shared().dsn()).get(60, TimeUnit.SECONDS);
            async.deadline(Duration.ofMillis(300));
            ExecutionException late = assertThrows(
                    ExecutionException.class, () -> async.verify(statements).get(60, TimeUnit.SECONDS));
            assertEquals(QueryCanceledException.class, late.getCause().getClass());
            async.deadline(null);
            assertEquals(
                    List.of(), async.verify(Map.of("SELECT 1 AS id", Id.class)).get(60, TimeUnit.SECONDS));
            async.close().get(60, TimeUnit.SECONDS);
            locking.execute("ROLLBACK");
        }
        conn.execute("DROP TABLE verified");
    }

    @Test
    void pairsThatAreTheSameStatementOfOtherRecordsAreTwoCalls() {
        String sql = "SELECT 1 AS id";
        assertEquals(
                List.of(0, 1),
                Arrays.asList(
                        conn.verify(Map.of(sql, Id.class)).size(),
                        conn.verify(Map.of(sql, Street.class)).size()));
    }
}
