package dev.pgwire.console.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pager, on a terminal of 10 lines. This one marks what it shows. */
@Timeout(120)
class PagerIT {
    private static final String MARKS = "sed 's/^/paged /'";
    private static final String LONG = "SELECT 'row ' || n || ' ' AS r FROM generate_series(1, 20) n;\n";

    @TempDir
    Path directory;

    private Typing typing = new Typing(Path.of(""), "");

    @BeforeEach
    void sitDown() {
        typing = new Typing(directory);
        typing.size(80, 10);
        typing.environment("PAGER", "echo never");
        typing.environment("PSQL_PAGER", MARKS);
    }

    @Test
    void longResultIsPagedAndAShortOneIsNot() throws IOException {
        String out = typing.run(LONG + "SELECT n FROM generate_series(1, 8) n;\n\\q\n");

        assertTrue(out.contains("\npaged     r    \npaged ---------\npaged  row 1 \n"), out);
        assertTrue(out.contains("\npaged (20 rows)\npaged \n n \n---\n 1\n"), out);
    }

    @Test
    void resultAsHighAsTheTerminalIsPaged() throws IOException {
        String out = typing.run("SELECT n FROM generate_series(1, 9) n;\n\\q\n");

        assertTrue(out.contains("paged  n "), out);
    }

    @Test
    void settingSaysWhetherThereIsAPager() throws IOException {
        String out = typing.run("\\pset pager off\n" + LONG + "\\pset pager always\nSELECT 'short';\n\\q\n");

        assertFalse(out.contains("paged  row"), out);
        assertTrue(out.contains("paged  short"), out);
    }

    @Test
    void leastNumberOfLinesIsObeyed() throws IOException {
        String out = typing.run("\\pset pager_min_lines 22\n" + LONG + "\\pset pager_min_lines 21\n" + LONG + "\\q\n");

        assertEquals(2, out.split("\n row 1 ", -1).length, out);
        assertEquals(2, out.split("paged  row 1 ", -1).length, out);
    }

    @Test
    void pagerOfTheEnvironmentIsUsedAndABlankOneIsNone() throws IOException {
        String out = typing.run("\\setenv PSQL_PAGER ' '\n" + LONG
                + "\\setenv PSQL_PAGER\n\\setenv PAGER 'sed s/row/line/'\n" + LONG + "\\q\n");

        assertTrue(out.contains(" row 20 "), out);
        assertTrue(out.contains(" line 20 "), out);
    }

    @Test
    void descriptionsSourcesAndHelpArePagedToo() throws IOException {
        String out = typing.run("\\d pg_class\n\\sf ts_debug(text)\n\\dn pg*\n\\?\n\\h\n\\q\n");

        assertTrue(out.contains("paged  oid  "), out);
        assertTrue(out.contains("paged CREATE OR REPLACE FUNCTION pg_catalog.ts_debug("), out);
        assertTrue(out.contains("\n pg_catalog | "), out);
        assertTrue(out.contains("paged \\gset"), out);
        assertTrue(out.contains("paged Available help:"), out);
    }

    @Test
    void whatIsReadElsewhereIsNotPaged() throws IOException {
        Path file = directory.resolve("rows");

        String out = typing.run("\\o " + file + "\n" + LONG + "\\o\n" + LONG.replace(";", " \\g | cat") + "\\q\n");

        assertFalse(out.contains("paged"), out);
        assertTrue(Files.readString(file).contains("row 20 "));
    }

    @Test
    void resultThatComesPartByPartHasOnePager() throws IOException {
        typing.environment("PSQL_PAGER", MARKS + "; echo end");

        String out = typing.run("\\set FETCH_COUNT 3\n" + LONG + "SELECT 'short';\n\\q\n");

        assertTrue(out.contains("paged  row 20 \npaged (20 rows)\npaged \nend\n"), out);
        assertEquals(2, out.split("end\n", -1).length, out);
        assertTrue(out.contains("\n short\n"), out);
    }

    @Test
    void whoLeavesThePagerHasReadEnough() throws IOException {
        typing.environment("PSQL_PAGER", "head -4");

        String out = typing.run("SELECT 'row ' || n || ' ' AS r FROM generate_series(1, 200000) n;\n"
                + "\\set FETCH_COUNT 1000\nSELECT 'part ' || n || ' ' AS r FROM generate_series(1, 200000) n;\n"
                + "SELECT 'af' || 'ter';\n\\q\n");

        assertTrue(out.contains(" row 2 \n"), out);
        assertFalse(out.contains(" row 3 \n"), out);
        assertTrue(out.contains(" part 2 \n"), out);
        assertTrue(out.contains(" after\n"), out);
        assertEquals("", typing.errors());
    }

    @Test
    void controlCEndsThePrintingAndThePagerSaysSo() throws IOException {
        typing.interruptAt("paged  row 1000 ");

        String out = typing.run(
                "SELECT 'row ' || n || ' ' AS r FROM generate_series(1, 300000) n;\nSELECT 'af' || 'ter';\n\\q\n");

        assertFalse(out.contains("row 300000 "), "all was printed");
        assertTrue(out.contains("paged Interrupted\n"), "nothing was said");
        assertTrue(out.contains(" after\n"), "the next one was not run");
    }

    @Test
    void pagerThatCannotBeRunIsToldAndTheConsoleGoesOn() throws IOException {
        typing.environment("PSQL_PAGER", "no-such-pager");

        String out = typing.run(LONG + "SELECT 'after';\n\\q\n");

        assertTrue(out.contains(" after\n"), out);
        assertTrue(typing.errors().contains("no-such-pager"), typing.errors());
    }
}
