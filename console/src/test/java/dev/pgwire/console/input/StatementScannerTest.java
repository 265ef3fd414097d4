package dev.pgwire.console.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementScannerTest {
    private final Variables variables = new Variables();
    private boolean standardStrings = true;

    @Test
    void semicolonEndsAStatement() {
        assertEquals(List.of("select 1;", "select 2;"), split("select 1; select 2;"));
    }

    @Test
    void lastStatementNeedsNone() {
        assertEquals(List.of("select 1;", "select 2"), split("select 1;\nselect 2"));
    }

    @Test
    void semicolonsInQuotesAndCommentsAreText() {
        assertEquals(
                List.of("select ';', \"a;b\", $$;$$, $x$;$$;$x$ /* ; /* ; */ ; */ -- ;\n;", "select 1;"),
                split("select ';', \"a;b\", $$;$$, $x$;$$;$x$ /* ; /* ; */ ; */ -- ;\n; select 1;"));
    }

    @Test
    void quotesDoubleAndBackslashesEscapeOnlyInEscapeStrings() {
        assertEquals(List.of("select 'it''s;', '\\';", "select 2;"), split("select 'it''s;', '\\'; select 2;"));
        assertEquals(List.of("select E'it\\'s;', 1;"), split("select E'it\\'s;', 1;"));
        assertEquals(List.of("select fee'\\';"), split("select fee'\\';"));
    }

    @Test
    void backslashesEscapeInPlainQuotesWhenTheSessionSaysSo() {
        standardStrings = false;

        assertEquals(List.of("select 'it\\'s;', n'\\';';", "select 2;"), split("select 'it\\'s;', n'\\';'; select 2;"));
        assertEquals(List.of("select '\\\\';", "select 2;"), split("select '\\\\'; select 2;"));
    }

    @Test
    void noBackslashEscapesInBitStringsAndUnicodeStringsAndIdentifiers() {
        standardStrings = false;

        assertEquals(
                List.of("select b'\\';", "select X'\\';", "select u&'\\';", "select \"\\\";", "select $$\\$$;"),
                split("select b'\\'; select X'\\'; select u&'\\'; select \"\\\"; select $$\\$$;"));
    }

    @Test
    void settingIsAskedForAtEachLine() {
        StatementScanner scanner = new StatementScanner(variables, () -> standardStrings, () -> true);
        StringBuilder statement = new StringBuilder();
        scanner.line("select '\\'");
        scanner.scan(statement);
        assertEquals('-', scanner.prompt(true));

        standardStrings = false;
        scanner.line(", '\\'");
        scanner.scan(statement);
        assertEquals('\'', scanner.prompt(true));
    }

    @Test
    void quotesGoOnOverLines() {
        assertEquals(List.of("select 'a\n;\n\nb';"), split("select 'a\n;\n\nb';"));
    }

    @Test
    void dollarInANameOrAParameterQuotesNothing() {
        assertEquals(List.of("select a$b$;", "select $1;"), split("select a$b$; select $1;"));
    }

    @Test
    void lettersAfterANumberOpenNoQuotes() {
        assertEquals(List.of("select 1e'\\';", "select 1a$b$;"), split("select 1e'\\'; select 1a$b$;"));
    }

    @Test
    void semicolonsInParenthesesDoNotEnd() {
        assertEquals(
                List.of("create rule r as on insert to t do (select 1; select 2);"),
                split("create rule r as on insert to t do (select 1; select 2);"));
    }

    @Test
    void bodyOfAnAtomicFunctionIsOneStatement() {
        String function =
                "create or replace function f() returns int begin atomic\nselect case when 1=1 then 1 end;\nselect 2; end;";
        assertEquals(List.of(function, "begin;", "select 1;", "end;"), split(function + "begin; select 1; end;"));
    }

    @Test
    void whatPrecedesAStatementIsDropped() {
        assertEquals(List.of("select 1 -- b\n;"), split("  -- a\n\n  select 1 -- b\n\n;"));
    }

    @Test
    void backslashSemicolonSeparatesWithinOneRequest() {
        assertEquals(List.of("select 1; select 2;"), split("select 1\\; select 2;"));
    }

    @Test
    void backslashStopsTheScan() {
        StatementScanner scanner = new StatementScanner(variables, () -> standardStrings, () -> true);
        StringBuilder statement = new StringBuilder();
        scanner.line("select 1 \\g foo");

        assertEquals(StatementScanner.Stop.BACKSLASH, scanner.scan(statement));
        assertEquals("select 1 ", statement.toString());
        assertEquals("g foo", scanner.rest());
    }

    @Test
    void variablesAreReplaced() {
        variables.set("n", "41 + 1");
        variables.set("name", "O'Hara; \\");
        variables.set("again", ":n");

        assertEquals(
                List.of("select 41 + 1,  E'O''Hara; \\\\', \"O'Hara; \\\", 41 + 1, :x, a::int, ':n', b[1:2];"),
                split("select :n, :'name', :\"name\", :again, :x, a::int, ':n', b[1:2];"));
    }

    @Test
    void promptSaysWhatIsOpen() {
        assertEquals('=', promptAfter("select 1;"));
        assertEquals('-', promptAfter("select"));
        assertEquals('(', promptAfter("select ("));
        assertEquals('\'', promptAfter("select '"));
        assertEquals('\'', promptAfter("select e'\\'"));
        assertEquals('"', promptAfter("select \""));
        assertEquals('$', promptAfter("select $a$ $"));
        assertEquals('*', promptAfter("select /* /* */"));
    }

    @Test
    void variableCanBeAskedFor() {
        variables.set("n", "1");

        assertEquals(List.of("select TRUE, FALSE, :{n}, :{?};"), split("select :{?n}, :{?x}, :{n}, :{?};"));
    }

    private char promptAfter(String line) {
        StatementScanner scanner = new StatementScanner(variables, () -> standardStrings, () -> true);
        StringBuilder statement = new StringBuilder();
        scanner.line(line);
        while (scanner.scan(statement) == StatementScanner.Stop.SEMICOLON) {
            statement.setLength(0);
        }
        return scanner.prompt(!statement.isEmpty());
    }

    private List<String> split(String script) {
        StatementScanner scanner = new StatementScanner(variables, () -> standardStrings, () -> true);
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : script.split("\n", -1)) {
            if (line.isEmpty() && !scanner.inQuotes()) {
                continue;
            }
            if (!statement.isEmpty()) {
                statement.append('\n');
            }
            scanner.line(line);
            while (scanner.scan(statement) == StatementScanner.Stop.SEMICOLON) {
                statements.add(statement.toString());
                statement.setLength(0);
            }
        }
        if (!statement.isEmpty()) {
            statements.add(statement.toString());
        }
        return statements;
    }
}
