package dev.pgwire.bench.script;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions have the values that pgbench gives them, the random ones of a seed included. */
class ExpressionTest {
    @Test
    void everyExpressionGivesWhatPgbenchPrints() {
        List<ExpressionTable.Entry> entries = ExpressionTable.entries();
        List<String> printed = ExpressionTable.printed(ExpressionTable.SEED);
        assertEquals(entries.size(), printed.size());
        assertAll(IntStream.range(0, entries.size())
                .mapToObj(i -> () -> assertEquals(
                        entries.get(i).printed(), printed.get(i), entries.get(i).expression())));
    }

    @Test
    void theTableHasEveryFunctionAndOperator() {
        String all = ExpressionTable.script();
        for (String name : Function.names()) {
            assertTrue(all.contains(name + "("), name);
        }
    }

    @Test
    void theCaretOfASyntaxErrorIsWhereThatOfPgbenchIs() {
        List<String> errors = ExpressionTable.errors();
        for (int i = 0; i < errors.size(); i += 2) {
            String line = errors.get(i);
            ScriptException refused =
                    assertThrows(ScriptException.class, () -> parse("SELECT 1;\n" + line + "\nSELECT 2;\n"), line);
            String[] shown = String.valueOf(refused.getMessage()).split("\n");
            assertTrue(shown[0].startsWith("file.sql:2: "), shown[0]);
            assertEquals(line, shown[1]);
            assertEquals(errors.get(i + 1) + " error found here", shown.length > 2 ? shown[2] : "", line);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 / 0 | division by zero",
                "1 % 0 | division by zero",
                "9223372036854775807 + 1 | 9223372036854775807 + 1 does not fit into an integer of 64 bits",
                "-9223372036854775808 - 1 | -9223372036854775808 - 1 does not fit into an integer of 64 bits",
                "-9223372036854775808 / -1 | -9223372036854775808 / -1 does not fit into an integer of 64 bits",
                "4611686018427387904 * 2 | 4611686018427387904 * 2 does not fit into an integer of 64 bits",
                "int(1e19) | the double 1e+19 does not fit into an integer of 64 bits",
                "int(sqrt(-1)) | the double NaN does not fit into an integer of 64 bits",
                "true + 1 | a boolean is no integer, expected a number",
                "true + 1.5 | a boolean is no double, expected a number",
                "not 1 | a int is no boolean, expected TRUE or FALSE",
                "1 and true | a int is no boolean, expected TRUE or FALSE",
                "random(2, 1) | the range from 2 to 1 is empty, expected a lower bound first",
                "random(-9223372036854775808, 0) | the range from -9223372036854775808 to 0 is too large,"
                        + " expected less than 2^63 values",
                "random_gaussian(1, 2, 1.9) | the parameter of a Gaussian distribution is 1.9, expected at least 2.0",
                "random_exponential(1, 2, 0) | the parameter of an exponential distribution is 0, expected more than 0",
                "random_zipfian(1, 2, 1) | the parameter of a Zipfian distribution is 1, expected 1.001 to 1000",
                "permute(1, 0) | the size of a permutation is 0, expected more than 0",
                ":unknown | the variable \"unknown\" is not set",
                ":word | the variable \"word\" is \"o\", expected a number, a boolean or null"
            })
    void whatHasNoValueSaysWhy(String expression, String why) {
        Names names = new Names();
        names.place("word");
        Script script = Script.parse("file.sql", 1, "\\set v " + expression, names);
        Variables variables = new Variables(names);
        variables.set("word", "o");
        variables.set("default_seed", 1);
        Scope scope = new Scope(variables, new RandomSource(1), text -> {});
        Command.Set set = (Command.Set) script.commands().get(0);
        assertEquals(
                why, assertThrows(ScriptException.class, () -> set.run(scope)).getMessage());
    }

    private static Script parse(String source) {
        return Script.parse("file.sql", 1, source, new Names());
    }
}
