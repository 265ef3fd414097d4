package dev.pgwire.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in scripts: what they report is what the tables have. And how a client ends when something is wrong. */
@Timeout(300)
class BenchIT {
    private static BenchDatabase database;

    @BeforeAll
    static void make() {
        database = BenchDatabase.made("bench_it");
        Ended made =
                Ended.run(database.dsn(), "-i", "-s", "1", "--foreign-keys").well();
        assertTrue(made.err().contains("100000 of 100000 tuples (100%) done"), made.err());
    }

    @AfterAll
    static void drop() {
        database.drop();
    }

    private static Ended run(String... options) {
        return Ended.run(database.dsn(), options);
    }

    @Test
    void theTablesHaveTheRowsAndKeysOfTheirScale() {
        assertEquals(100_000, database.number("SELECT count(*) FROM pgbench_accounts WHERE bid = 1"));
        assertEquals(100_000, database.number("SELECT max(aid) FROM pgbench_accounts"));
        assertEquals(10, database.number("SELECT count(*) FROM pgbench_tellers WHERE bid = 1"));
        assertEquals(1, database.number("SELECT count(*) FROM pgbench_branches"));
        assertEquals(
                8,
                database.number("SELECT count(*) FROM pg_constraint WHERE conname LIKE 'pgbench%' AND contype <> 'n'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void eachTransactionOfTpcbIsInTheHistoryAndInAllBalances(String mode) {
        Ended ended = run("-t", "25", "-c", "4", "-j", "2", "-M", mode, "-r").well();
        assertTrue(ended.out().contains("number of transactions actually processed: 100/100\n"), ended.out());
        assertTrue(ended.out().contains("number of failed transactions: 0 (0.000%)\n"), ended.out());
        assertTrue(ended.out().contains("query mode: " + mode + "\n"), ended.out());
        assertEquals(100, database.number("SELECT count(*) FROM pgbench_history"));
        for (String sum : new String[] {
            "sum(abalance) FROM pgbench_accounts",
            "sum(tbalance) FROM pgbench_tellers",
            "sum(bbalance) FROM pgbench_branches"
        }) {
            database.execute("CREATE TABLE IF NOT EXISTS before (what text, total bigint)");
            long before =
                    database.number("SELECT coalesce(sum(total), 0)::bigint FROM before WHERE what = '" + sum + "'");
            assertEquals(
                    database.number("SELECT sum(delta) FROM pgbench_history"),
                    database.number("SELECT " + sum) - before,
                    sum);
            database.execute("INSERT INTO before SELECT '" + sum + "', sum(delta) FROM pgbench_history");
        }
    }

    @Test
    void aSeedGivesTheSameTransactionsAgain() {
        String[] options = {"-t", "20", "-c", "1", "--random-seed=7"};
        run(options).well();
        String first = "SELECT hashtextextended(string_agg(aid || ' ' || tid || ' ' || delta, ',' ORDER BY mtime), 0)"
                + " FROM pgbench_history";
        long once = database.number(first);
        run(options).well();
        assertEquals(once, database.number(first));
        // The deltas of both runs came on top.
        database.execute("UPDATE pgbench_accounts SET abalance = 0 WHERE abalance <> 0");
        database.execute("UPDATE pgbench_tellers SET tbalance = 0");
        database.execute("UPDATE pgbench_branches SET bbalance = 0");
        database.execute("DROP TABLE IF EXISTS before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--pipeline=8", "--lanes=2", "-j2", "-C"})
    void everyWayToSendRunsAsManyTransactionsAsAreAskedFor(String way) {
        Ended ended =
                run("-S", "-n", "-t", "20", "-c", "3", "-M", "prepared", way).well();
        assertTrue(ended.out().contains("number of transactions actually processed: 60/60\n"), ended.out());
        assertTrue(
                ended.out().contains(way.equals("-C") ? "average connection time = " : "initial connection time = "));
    }

    @Test
    void scriptsAreChosenByWeightAndReportedEach() {
        Ended ended = run("-n", "-t", "200", "-b", "select-only@9", "-b", "simple-update@1", "--random-seed=1")
                .well();
        assertTrue(ended.out().contains("transaction type: multiple scripts\n"), ended.out());
        assertTrue(
                ended.out().contains("SQL script 1: <builtin: select only>\n - weight: 9 (targets 90.0% of total)\n"));
        assertTrue(ended.out()
                .contains("SQL script 2: <builtin: simple update>\n - weight: 1 (targets 10.0% of total)\n"));
        database.execute("TRUNCATE pgbench_history");
        database.execute("UPDATE pgbench_accounts SET abalance = 0 WHERE abalance <> 0");
    }

    @Test
    void anUnreachableRateIsToldByTheScheduleLag() {
        Ended ended = run("-S", "-n", "-t", "200", "-R", "1000000", "-P", "1").well();
        assertTrue(ended.number("rate limit schedule lag: avg ") > 0, ended.out());
        assertTrue(ended.number("latency average = ") >= ended.number("rate limit schedule lag: avg "), ended.out());
    }

    @Test
    void transactionsThatAreTooLateAreSkippedOrCounted() {
        Ended ended =
                run("-S", "-n", "-t", "200", "-R", "1000000", "-L", "0.001").well();
        double skipped = ended.number("number of transactions skipped: ");
        double done = ended.number("number of transactions actually processed: ");
        assertEquals(200, skipped + done);
        assertTrue(skipped > 0, ended.out());
    }

    @Test
    void whatWasDueAndNeverBegunIsCounted() {
        Ended ended = run("-S", "-n", "-T", "1", "-R", "1000000").well();
        assertTrue(ended.number("transactions due but not begun: ") > 0, ended.out());
        assertTrue(ended.out().contains("WARNING: "), ended.out());
    }

    @Test
    void aScriptSaysItselfWhereTransactionsBegin() {
        Ended.run(database.dsn() + " autocommit=off", "-S", "-t", "5").well();
    }

    @Test
    void whatIsKeptIsTheTextOfTheServer() {
        for (String mode : new String[] {"simple", "extended", "prepared"}) {
            Ended ended = Ended.withScript("""
                    SELECT 5.0::numeric AS exact, 5.0::float8 AS rounded \\gset
                    \\set v debug(:exact)
                    \\set v debug(:rounded)
                    """, database.dsn(), "-n", "-f", "-", "-t", "1", "-M", mode)
                    .well();
            assertEquals(
                    List.of("debug(script=0,command=2): double 5", "debug(script=0,command=3): int 5"),
                    ended.errLines("debug"));
        }
    }

    @Test
    void anAnswerThatCannotBeKeptEndsItsClient() {
        Ended ended = Ended.withScript(
                "SET DateStyle = 'German' \\; SELECT now() AS then \\gset\n\\set v :then\n",
                database.dsn(),
                "-n",
                "-f",
                "-");
        assertEquals(2, ended.status(), ended.out() + ended.err());
        assertTrue(ended.err().contains("client 0 aborted in command 0"), ended.err());
    }

    @Test
    void pipelinesOfNothingFollowOneAnother() {
        Ended ended = Ended.withScript(
                        "\\startpipeline\n\\endpipeline\n",
                        database.dsn(),
                        "-n",
                        "-f",
                        "-",
                        "-t",
                        "50000",
                        "-M",
                        "extended")
                .well();
        assertEquals(50_000, ended.number("number of transactions actually processed: "));
    }

    @Test
    void aFailureBeforeASyncOfAPipelineIsNoSuccess() {
        Ended ended = Ended.withScript(
                "\\startpipeline\nSELECT 1/0;\n\\syncpipeline\nSELECT 1;\n\\endpipeline\n",
                database.dsn(),
                "-n",
                "-f",
                "-",
                "-M",
                "extended");
        assertEquals(2, ended.status(), ended.out() + ended.err());
        assertTrue(ended.err().contains("division by zero"), ended.err());
    }

    @Test
    void tablesThatAreMissingAreAskedFor() {
        Ended ended = Ended.run(dsnOfPostgres(), "-S", "-n", "-t", "1");
        assertEquals(1, ended.status());
        assertTrue(ended.err().contains("make it with -i"), ended.err());
    }

    private static String dsnOfPostgres() {
        return database.dsn().replace("bench_it", "postgres");
    }

    @Test
    void theServerMakesTheSameRows() {
        BenchDatabase other = BenchDatabase.made("bench_it_server");
        Ended.run(other.dsn(), "-i", "-I", "dtGvp", "-F", "90", "--unlogged-tables")
                .well();
        assertEquals(100_000, other.number("SELECT count(DISTINCT aid) FROM pgbench_accounts WHERE bid = 1"));
        assertEquals(10, other.number("SELECT count(*) FROM pgbench_tellers WHERE bid = 1"));
        assertEquals(
                4,
                other.number("SELECT count(*) FROM pg_class WHERE relname LIKE 'pgbench%' AND relkind = 'r'"
                        + " AND relpersistence = 'u'"));
        other.drop();
    }
}
