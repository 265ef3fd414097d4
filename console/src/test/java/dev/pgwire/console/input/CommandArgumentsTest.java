package dev.pgwire.console.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandArgumentsTest {
    private final Variables variables = new Variables();
    private final List<String> errors = new ArrayList<>();

    @Test
    void argumentsMayBeQuoted() {
        variables.set("v", "w");
        String line = "echo a 'b c\\n''' \"D e\" :v \\\\ select 1";
        CommandArguments arguments = arguments(line);

        assertEquals("echo", arguments.name());
        assertEquals(List.of("a", "b c\n'", "\"D e\"", "w"), arguments.all());
        assertEquals(" select 1", line.substring(arguments.end()));
    }

    @Test
    void nextBackslashEndsTheCommand() {
        CommandArguments arguments = arguments("x\\dt");

        assertEquals("x", arguments.name());
        assertNull(arguments.next());
        assertEquals(1, arguments.end());
    }

    @Test
    void semicolonsAtTheEndAreDroppedWhereTheyAreNotQuoted() {
        assertEquals("t", arguments("d t;;").nextWithoutSemicolon());
        assertEquals("\"t;\"", arguments("d \"t;\";").nextWithoutSemicolon());
        assertEquals("t;", arguments("d 't;'").nextWithoutSemicolon());
        assertEquals("a;", arguments("echo a;").next());
    }

    @Test
    void whatIsInBackquotesIsRun() {
        assertEquals(List.of("a", "<date>b"), arguments("set a `date`b").all());
        assertEquals(List.of("`date`", "\"`\""), arguments("set '`date`' \"`\"").all());
    }

    @Test
    void nothingIsEvaluatedWhereNothingRuns() {
        variables.set("v", "w");
        CommandArguments arguments = arguments("set :v `date` :'v' :\"v\"");
        arguments.active(false);

        assertEquals(List.of(":v", "date", ":'v'", ":\"v\""), arguments.all());
    }

    @Test
    void programIsTheRestOfTheLine() {
        assertEquals("| tr a b ; x", arguments("g | tr a b ; x").nextFile());
        assertEquals("file", arguments("g file | x").nextFile());
    }

    @Test
    void quoteThatIsNotClosedIsToldAndTheArgumentLeftOut() {
        assertNull(arguments("echo 'a b").next());
        assertEquals(List.of("unterminated quoted string"), errors);
    }

    @Test
    void escapesInQuotesAreThoseOfC() {
        assertEquals("\t|A|A|\\", arguments("echo '\\t|\\101|\\x41|\\\\'").next());
    }

    @Test
    void namesAreFoldedOutsideOfDoubleQuotes() {
        assertEquals("abcDE\"f", arguments("c ABc\"DE\"\"f\"").nextName());
    }

    private CommandArguments arguments(String line) {
        return new CommandArguments(line, variables, command -> "<" + command + ">", errors::add);
    }
}
