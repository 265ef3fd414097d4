package dev.pgwire.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the tables are made: in partitions, and where. */
@Timeout(120)
class TablesIT {
    private static final String EVERYTHING =
            "SELECT relname, relkind, relpersistence, reloptions, pg_get_partkeydef(c.oid), pg_get_expr(relpartbound, c.oid), spcname"
                    + " FROM pg_class c LEFT JOIN pg_tablespace t ON t.oid = reltablespace WHERE relname LIKE 'pgbench%' ORDER BY relname";

    /** Server versions from which a tablespace may be in the data directory. */
    private static final int IN_PLACE = 15;

    private BenchDatabase database;

    @BeforeEach
    void make() {
        database = BenchDatabase.made("bench_tables");
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    private List<String> everything() {
        try (Connection connection = Postgres.connect(database.dsn())) {
            List<String> all = new ArrayList<>();
            connection.execute(EVERYTHING).fetchAll().forEach(row -> all.add(row.toString()));
            return all;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-I dtp",
                "-I dtp -F 90 --unlogged-tables",
                "-I dtp -F 80 --partitions=3",
                "-I dtp --partitions=7 --partition-method=hash -s 2",
                "-I dtpf --partitions=1 --partition-method=range"
            })
    void theTablesArePgbenchs(String options) throws Exception {
        Pgbench.assume();
        List<String> theirs = new ArrayList<>(List.of("-i"));
        theirs.addAll(List.of(options.split(" ")));
        Pgbench.run(database.name(), theirs);
        List<String> expected = everything();
        Ended.run(database.dsn(), theirs.toArray(String[]::new)).well();
        assertEquals(expected, everything());
    }

    @Test
    void partitionsAreFilledAndToldOf() {
        Ended.run(database.dsn(), "-i", "--partitions=4", "-q").well();
        assertEquals(25_000, database.number("SELECT count(*) FROM pgbench_accounts_1"));
        assertEquals(25_000, database.number("SELECT count(*) FROM pgbench_accounts_4 WHERE aid > 75000"));
        Ended ended = Ended.run(database.dsn(), "-n", "-t", "5").well();
        assertTrue(ended.out().contains("partition method: range\npartitions: 4\nquery mode: "), ended.out());
        // Without a word of partitions: they are there.
        Ended.run(database.dsn(), "-i", "-I", "g").well();
        assertEquals(100_000, database.number("SELECT count(*) FROM pgbench_accounts"));
    }

    @Test
    void tablesAndIndexesAreInTheirTablespaces() {
        assumeTrue(TestServer.shared().majorVersion() >= IN_PLACE);
        try (Connection admin = Postgres.connect(TestServer.shared().dsn())) {
            admin.execute("SET allow_in_place_tablespaces = on");
            // A run that has failed may have left them.
            admin.execute("DROP TABLESPACE IF EXISTS \"Bench tables\"");
            admin.execute("DROP TABLESPACE IF EXISTS \"Bench indexes\"");
            admin.execute("CREATE TABLESPACE \"Bench tables\" LOCATION ''");
            admin.execute("CREATE TABLESPACE \"Bench indexes\" LOCATION ''");
            Ended.run(
                            database.dsn(),
                            "-i",
                            "-I",
                            "tp",
                            "--tablespace=Bench tables",
                            "--index-tablespace=Bench indexes",
                            "--partitions=2")
                    .well();
            // The four tables, and the two partitions.
            assertEquals(6, relationsIn("Bench tables"));
            // A key of each table but the history, and of each partition.
            assertEquals(5, relationsIn("Bench indexes"));
            Ended.run(database.dsn(), "-i", "-I", "d").well();
            admin.execute("DROP TABLESPACE \"Bench tables\"");
            admin.execute("DROP TABLESPACE \"Bench indexes\"");
        }
    }

    private long relationsIn(String tablespace) {
        return database.number(
                "SELECT count(*) FROM pg_class JOIN pg_tablespace t ON t.oid = reltablespace WHERE relname LIKE 'pgbench%' AND spcname = '"
                        + tablespace + "'");
    }
}
