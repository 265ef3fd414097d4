package dev.pgwire.bench.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private final Names names = new Names();

    private Script parse(String source) {
        return Script.parse("file.sql", 1, source, names);
    }

    private List<String> texts(String source) {
        return parse(source).commands().stream().map(Command::text).toList();
    }

    private SqlText sql(String source) {
        return assertInstanceOf(Command.Sql.class, parse(source).commands().get(0))
                .sql();
    }

    @Test
    void statementsEndAtSemicolonsThatStandInNothingElse() {
        assertEquals(
                List.of("SELECT ';', \";\", $$;$$, $a$;$$;$a$, E'\\';', (1;2);", "SELECT 2;", "SELECT 3"),
                texts("SELECT ';', \";\", $$;$$, $a$;$$;$a$, E'\\';', (1;2);\nSELECT 2;SELECT 3"));
        assertEquals(
                List.of("SELECT 1 /* ; /* ; */ ; */ + 1;", "SELECT a$$b;"),
                texts("SELECT 1 /* ; /* ; */ ; */ + 1; SELECT a$$b;"));
        assertEquals(List.of("SELECT 'a\\';", "SELECT 2;"), texts("SELECT 'a\\'; SELECT 2;"));
    }

    @Test
    void commentsAndEmptyLinesBeforeAStatementAreLeftOut() {
        assertEquals(List.of("SELECT 1;"), texts("-- a; comment\n\n  -- another\nSELECT 1;\n-- the last"));
        assertEquals(
                "SELECT 1 -- in it;\n + 2", sql("SELECT 1 -- in it;\n + 2;").text());
    }

    @Test
    void aStatementNeedsNoSemicolonBeforeABackslash() {
        assertEquals(List.of("SELECT 1", "\\set x 1", "SELECT 2;"), texts("SELECT 1\n\\set x 1\nSELECT 2;"));
    }

    @Test
    void anEscapedSemicolonSeparatesStatementsThatAreSentTogether() {
        assertEquals(
                "SELECT 1 ; SELECT ':'",
                sql("SELECT 1 \\; SELECT '\\:'".replace("'\\:'", "':'") + ";").text());
    }

    @Test
    void aCommandGoesOnBehindABackslashAtTheEndOfItsLine() {
        Script script = parse("\\set x 1 + \\\n  2 \\\r\n + 3\nSELECT :x;");
        Variables variables = new Variables(names);
        ((Command.Set) script.commands().get(0)).run(new Scope(variables, new RandomSource(1), text -> {}));
        assertEquals("6", variables.text(names.place("x")));
        assertEquals(2, script.commands().size());
    }

    @Test
    void variablesBecomeTextOrParametersAndCastsStayWhatTheyAre() {
        SqlText sql = sql("SELECT :x::text, ':y', :x, :9, a[1:2], ::z;");
        Variables variables = new Variables(names);
        variables.set("x", 5);
        assertEquals("SELECT $1::text, '$2', $3, :9, a[1:2], ::z", sql.parameterized());
        assertEquals("SELECT 5::text, ':y', 5, :9, a[1:2], ::z", sql.assembled(variables, names));
        assertEquals(Arrays.asList("5", null, "5"), Arrays.asList(sql.values(variables)));
    }

    @Test
    void tooManyVariablesAreRefused() {
        assertEquals(255, sql("SELECT " + ":v,".repeat(254) + ":v;").values(new Variables(names)).length);
        assertThrows(ScriptException.class, () -> sql("SELECT " + ":v,".repeat(255) + ":v;"));
    }

    @Test
    void gsetAndAsetEndTheStatementBeforeThem() {
        Script script =
                parse("SELECT 1 AS a \\gset\nSELECT 2 AS b \\gset p_\nSELECT 3 AS c \\; SELECT 4 AS d \\aset\n");
        assertEquals(3, script.commands().size());
        Command.Sql second = (Command.Sql) script.commands().get(1);
        assertEquals(Command.Keep.LAST, second.keep());
        assertEquals("p_", second.prefix());
        assertEquals(Command.Keep.ALL, ((Command.Sql) script.commands().get(2)).keep());
        assertThrows(ScriptException.class, () -> parse("\\gset"));
        assertThrows(ScriptException.class, () -> parse("\\set x 1\n\\gset"));
        assertThrows(ScriptException.class, () -> parse("SELECT 1 \\gset\n\\gset"));
    }

    @Test
    void conditionsLeadToTheirBranches() {
        Script script =
                parse("\\if 0\nSELECT 1;\n\\if 1\nSELECT 2;\n\\endif\n\\elif 1\nSELECT 3;\n\\else\nSELECT 4;\n\\endif");
        assertEquals(5, script.branch(0));
        assertEquals(4, script.branch(2));
        assertEquals(7, script.branch(5));
        assertEquals(9, script.end(5));
        assertEquals(9, script.end(7));
    }

    @Test
    void conditionsThatDoNotBelongTogetherAreRefused() {
        for (String wrong : List.of(
                "\\if 1",
                "\\elif 1",
                "\\else",
                "\\endif",
                "\\if 1\n\\else\n\\else\n\\endif",
                "\\if 1\n\\else\n\\elif 1\n\\endif")) {
            assertThrows(ScriptException.class, () -> parse(wrong), wrong);
        }
    }

    @Test
    void pausesHaveUnits() {
        for (String line : List.of("\\sleep 3", "\\sleep 3 s", "\\sleep 3000 ms", "\\sleep 3000000us", "\\sleep :n")) {
            Command.Sleep sleep = (Command.Sleep) parse(line).commands().get(0);
            Variables variables = new Variables(names);
            variables.set("n", "3");
            assertEquals(3_000_000, sleep.micros(variables), line);
        }
    }

    @Test
    void programsOfTheShellAreRefusedWithTheReason() {
        for (String line : List.of("\\shell ls", "\\setshell x echo 1")) {
            String message = String.valueOf(
                    assertThrows(ScriptException.class, () -> parse(line)).getMessage());
            assertTrue(message.contains("no programs are run"), message);
        }
    }

    @Test
    void builtInScriptsAreFoundByUnambiguousPrefixes() {
        assertEquals(Builtin.TPCB_LIKE, Builtin.of("t"));
        assertEquals(Builtin.SELECT_ONLY, Builtin.of("se"));
        assertThrows(ScriptException.class, () -> Builtin.of("s"));
        assertThrows(ScriptException.class, () -> Builtin.of("x"));
        assertEquals(11, parse(Builtin.TPCB_LIKE.source()).commands().size());
        assertEquals(9, parse(Builtin.SIMPLE_UPDATE.source()).commands().size());
        assertEquals(2, parse(Builtin.SELECT_ONLY.source()).commands().size());
    }

    @Test
    void columnsThatNoScriptAsksForAreNotKeptButTheirNamesAreLookedAt() {
        names.place("a");
        Variables variables = new Variables(names);
        variables.set("b", "1");
        assertThrows(ScriptException.class, () -> variables.set("?column?", "1"));
        assertNull(variables.text(names.place("a")));
    }
}
