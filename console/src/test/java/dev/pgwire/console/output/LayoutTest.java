package dev.pgwire.console.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every expectation was printed by psql 15. */
class LayoutTest {
    private static final Table USERS = Table.of(
            List.of(Table.Heading.of("id", 23), Table.Heading.of("name", 25), Table.Heading.of("note", 25)),
            List.of(
                    Arrays.asList("1", "Ada", null),
                    Arrays.asList("20", "李雷", "two\nlines"),
                    Arrays.asList("3", "a,\"b\"\t!", "")));

    @Test
    void alignedRightAlignsNumbersAndMarksLinesThatGoOn() {
        assertEquals("""
                 id |   name    | note \s
                ----+-----------+-------
                  1 | Ada       |\s
                 20 | 李雷      | two  +
                    |           | lines
                  3 | a,"b"   ! |\s
                (3 rows)

                """, print(Layout.DEFAULT, USERS));
    }

    @Test
    void tuplesOnlyLeavesOutHeadingsAndFooter() {
        assertEquals("""
                  1 | Ada       |\s
                 20 | 李雷      | two  +
                    |           | lines
                  3 | a,"b"   ! |\s

                """, print(Layout.DEFAULT.but().tuplesOnly(true).build(), USERS));
    }

    @Test
    void unalignedSeparatesWithABar() {
        assertEquals(
                "id|name|note\n1|Ada|\n20|李雷|two\nlines\n3|a,\"b\"\t!|\n(3 rows)\n",
                print(Layout.DEFAULT.with(Layout.Format.UNALIGNED), USERS));
    }

    @Test
    void csvQuotesWhatMustBe() {
        assertEquals(
                "id,name,note\n1,Ada,\n20,李雷,\"two\nlines\"\n3,\"a,\"\"b\"\"\t!\",\n",
                print(Layout.DEFAULT.with(Layout.Format.CSV), USERS));
    }

    @Test
    void expandedHasARecordPerRow() {
        assertEquals("""
                -[ RECORD 1 ]---
                id   | 1
                name | Ada
                note |\s
                -[ RECORD 2 ]---
                id   | 20
                name | 李雷
                note | two      +
                     | lines
                -[ RECORD 3 ]---
                id   | 3
                name | a,"b"   !
                note |\s

                """, print(Layout.DEFAULT.with(Layout.Expanded.ON), USERS));
    }

    @Test
    void expandedUnalignedAndCsvHaveAValuePerLine() {
        Table one = Table.of(
                List.of(Table.Heading.of("a", 23), Table.Heading.of("b", 25)),
                List.of(List.of("1", "x"), List.of("2", "y,z")));

        assertEquals(
                "a|1\nb|x\n\na|2\nb|y,z\n",
                print(Layout.DEFAULT.with(Layout.Format.UNALIGNED).with(Layout.Expanded.ON), one));
        assertEquals(
                "a,1\nb,x\na,2\nb,\"y,z\"\n",
                print(Layout.DEFAULT.with(Layout.Format.CSV).with(Layout.Expanded.ON), one));
    }

    @Test
    void resultWithoutColumnsStillCountsItsRows() {
        Table rows = Table.of(List.of(), List.of(List.of(), List.of()));

        assertEquals("--\n(2 rows)\n\n", print(Layout.DEFAULT, rows));
        assertEquals("\n(2 rows)\n", print(Layout.DEFAULT.with(Layout.Format.UNALIGNED), rows));
        assertEquals("\n", print(Layout.DEFAULT.with(Layout.Format.CSV), rows));
    }

    @Test
    void headingsAreCentred() {
        Table table = Table.of(
                List.of(Table.Heading.of("ab", 25), Table.Heading.of("x\ny", 25)), List.of(List.of("12345", "1")));

        assertEquals("  ab   | x+\n       | y \n-------+---\n 12345 | 1\n(1 row)\n\n", print(Layout.DEFAULT, table));
    }

    @Test
    void controlCharactersAreVisible() {
        Table table = Table.of(List.of(Table.Heading.of("a", 25)), List.of(List.of("x\ry\u0007z\u0085")));

        assertEquals(
                "         a          \n--------------------\n x\\ry\\x07z\\u0085\n(1 row)\n\n"
                        .replace("--------------------", "-----------------")
                        .replace("         a          ", "        a        "),
                print(Layout.DEFAULT, table));
    }

    private static String print(Layout layout, Table table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, UTF_8);
        layout.print(table, out);
        return bytes.toString(UTF_8);
    }
}
