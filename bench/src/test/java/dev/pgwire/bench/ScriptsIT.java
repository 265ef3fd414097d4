package dev.pgwire.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts of one's own, on a real server. */
@Timeout(120)
class ScriptsIT {
    private static Ended run(String script, String... options) {
        List<String> all = new ArrayList<>(List.of("-n", "-f", "-", "-t", "1"));
        all.addAll(List.of(options));
        return Ended.withScript(script, TestServer.shared().dsn(), all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void rowsBecomeVariables(String mode) {
        Ended ended = run("""
                \\set x 5
                SELECT :x + 1 AS six, 2.5::float8 AS half, true AS yes, NULL::int AS none \\gset
                SELECT 'text' AS word, 7::numeric AS seven \\gset p_
                SELECT 8 AS row UNION ALL SELECT 9 ORDER BY 1 \\aset
                SELECT 1 AS never WHERE false \\aset
                \\set v debug(:six)
                \\set v debug(:half)
                \\set v debug(:yes)
                \\set v debug(:p_seven)
                \\set v debug(:row)
                """, "-M", mode).well();
        assertEquals(
                List.of("int 6", "double 2.5", "boolean true", "int 7", "int 9"),
                ended.errLines("debug").stream()
                        .map(line -> line.substring(line.indexOf(": ") + 2))
                        .toList());
    }

    @Test
    void severalStatementsInOneHaveTheLastResultOrAllOfThem() {
        Ended ended = run("""
                SELECT 1 AS a \\; SELECT 2 AS b \\gset
                SELECT 3 AS c \\; SELECT 4 AS d \\aset
                \\set v debug(:b + :c * 10 + :d * 100)
                """).well();
        assertEquals(List.of("debug(script=0,command=3): int 432"), ended.errLines("debug"));
        assertEquals(
                2, run("SELECT 1 AS a \\; SELECT 2 AS b \\gset\n\\set v :a\n").status());
    }

    @Test
    void onlyTheBranchThatHoldsIsRun() {
        Ended ended = run("""
                \\set n 0
                \\if 0
                \\set n :n + 1
                \\if 1
                \\set n :n + 10
                \\endif
                \\elif 1
                \\set n :n + 100
                \\elif 1
                \\set n :n + 1000
                \\else
                \\set n :n + 10000
                \\endif
                \\if null
                \\else
                \\set n :n + 100000
                \\endif
                \\set v debug(:n)
                SELECT 1;
                """).well();
        assertEquals(1, ended.errLines("debug").size());
        assertTrue(ended.err().contains("int 100100\n"), ended.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"extended", "prepared"})
    void aPipelineRunsItsStatementsInOrder(String mode) {
        Ended ended = run("""
                CREATE TEMP TABLE IF NOT EXISTS piped (n int);
                \\startpipeline
                INSERT INTO piped VALUES (1);
                INSERT INTO piped VALUES (:client_id + 2);
                \\syncpipeline
                INSERT INTO piped VALUES (4);
                \\endpipeline
                SELECT sum(n) AS total FROM piped \\gset
                \\set v debug(:total)
                """, "-M", mode, "-r").well();
        assertEquals(List.of("debug(script=0,command=9): int 7"), ended.errLines("debug"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BEGIN; | the script ends in a transaction",
                "SELECT 1 AS a WHERE false \\gset | \\gset got 0 rows, expected one",
                "SELECT 1 \\gset | \"?column?\" is no name of a variable",
                "SELECT 1/0; | division by zero",
                "\\set x 1 / 0 | division by zero",
                "\\startpipeline | expected -M extended or prepared",
                "\\endpipeline | there is no pipeline"
            })
    void aClientThatCannotGoOnGivesUpAndSaysWhy(String script, String why) {
        Ended ended = run(script);
        assertEquals(2, ended.status(), ended.out() + ended.err());
        assertTrue(ended.err().contains("client 0 aborted in command "), ended.err());
        assertTrue(ended.err().contains(why), ended.err());
    }

    @Test
    void aScriptWithoutStatementsRunsAsOftenAsOthers() {
        Ended ended = Ended.withScript("\\set x 1\n", TestServer.shared().dsn(), "-n", "-f", "-", "-t", "100000")
                .well();
        assertEquals(100_000, ended.number("number of transactions actually processed: "));
    }

    @Test
    void aPauseIsPartOfTheTransaction() {
        Ended ended = run("\\set ms 30\n\\sleep :ms ms\nSELECT 1;\n\\sleep 20000 us\n", "-P", "100")
                .well();
        assertTrue(ended.number("latency average = ") >= 50, ended.out());
    }

    @Test
    void transactionsThatFailForOthersAreTriedAgain() {
        BenchDatabase database = BenchDatabase.made("bench_retries");
        database.execute("CREATE TABLE counter AS SELECT 0 AS n");
        String script = """
                BEGIN ISOLATION LEVEL REPEATABLE READ;
                SELECT n FROM counter;
                UPDATE counter SET n = n + 1;
                END;
                """;
        Ended ended = Ended.withScript(
                        script,
                        database.dsn(),
                        "-n",
                        "-f",
                        "-",
                        "-t",
                        "25",
                        "-c",
                        "4",
                        "-j",
                        "2",
                        "--max-tries=3",
                        "-r",
                        "--failures-detailed")
                .well();
        long done = (long) ended.number("number of transactions actually processed: ");
        assertEquals(100, done + ended.number("number of failed transactions: "));
        assertEquals(done, database.number("SELECT n FROM counter"));
        assertTrue(ended.number("total number of retries: ") > 0, ended.out());
        assertTrue(ended.out().contains("number of deadlock failures: 0 "), ended.out());
        database.drop();
    }

    @Test
    void eachFailureAndWhatComesOfItIsTold() {
        String script = "DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END $$;\n";
        Ended ended = run(script, "--verbose-errors", "--max-tries=2", "-L", "1000000")
                .well();
        List<String> told = ended.errLines("pgwire bench: client 0 ");
        assertEquals(4, told.size(), ended.err());
        assertTrue(told.get(0).contains("got an error in command 0 of script 0: ERROR: not now"), ended.err());
        String share = ", after [0-9]+\\.[0-9]{3}% of the latency limit\\)";
        assertTrue(told.get(1).matches(".* tries the transaction again \\(try 1 of 2" + share), ended.err());
        assertTrue(told.get(3).matches(".* gives the transaction up \\(try 2 of 2" + share), ended.err());
    }

    @Test
    void whatTheCommandLineAsksForAndIsNotThereIsSaid() {
        for (String[] wrong : new String[][] {
            {"-t", "1", "-T", "1"},
            {"-c", "0"},
            {"-M", "quick"},
            {"--max-tries=0"},
            {"--pipeline=2"},
            {"--ramp=5:1:1", "-T", "1"},
            {"--versus=x"},
            {"-b", "s"},
            {"--random-seed=x"}
        }) {
            Ended ended = Ended.run(TestServer.shared().dsn(), wrong);
            assertEquals(1, ended.status(), String.join(" ", wrong));
            assertTrue(ended.err().contains("expected"), ended.err());
        }
        Ended syntax = Ended.withScript("\\set x 1 +", TestServer.shared().dsn(), "-f", "-");
        assertEquals(1, syntax.status());
        assertTrue(syntax.err().contains("^ error found here"), syntax.err());
    }
}
