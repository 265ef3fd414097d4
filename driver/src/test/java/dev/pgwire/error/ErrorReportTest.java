package dev.pgwire.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.Diagnostic;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pictures are what psql 18 printed for the same statements. */
class ErrorReportTest {
    private static final String LONG_BEGIN =
            "SELECT aaaaaaaaaa, bbbbbbbbbb FROM (VALUES (1111111111, 2222222222)) AS t(aaaaaaaaaa, bbbbbbbbbb) ";
    private static final String JAPANESE = "日本語のテキスト日本語";

    /** The statement, the word that the position points at ("" for its end), and the two lines. */
    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of("SELECT 1/0 FROM foo", "foo", """
                        LINE 1: SELECT 1/0 FROM foo
                                                ^"""),
                Arguments.of("SELECT 1,\n\t2 + nope,\n3", "nope", """
                        LINE 2:  2 + nope,
                                     ^"""),
                Arguments.of("SELECT 1,\r\n  nope,\r\n3", "nope", """
                        LINE 2:   nope,
                                  ^"""),
                Arguments.of("SELECT 1,\r  nope\r3", "3", """
                        LINE 3: 3
                                ^"""),
                Arguments.of("\n\n\r\n\r\nnope", "nope", """
                        LINE 5: nope
                                ^"""),
                Arguments.of(LONG_BEGIN + "WHERE nope = 1", "nope", """
                        LINE 1: ...11, 2222222222)) AS t(aaaaaaaaaa, bbbbbbbbbb) WHERE nope = 1
                                                                                       ^"""),
                Arguments.of(LONG_BEGIN.replace("SELECT", "SELECT nope,") + "WHERE 1 = 1", "nope", """
                        LINE 1: SELECT nope, aaaaaaaaaa, bbbbbbbbbb FROM (VALUES (1111111111...
                                       ^"""),
                Arguments.of(
                        "SELECT aaaaaaaaaa, bbbbbbbbbb, aaaaaaaaaa, bbbbbbbbbb, aaaaaaaaaa, nope, aaaaaaaaaa, bbbbbbbbbb,"
                                + " aaaaaaaaaa FROM (VALUES (1111111111, 2222222222)) AS t(aaaaaaaaaa, bbbbbbbbbb)",
                        "nope",
                        """
                        LINE 1: ..., bbbbbbbbbb, aaaaaaaaaa, bbbbbbbbbb, aaaaaaaaaa, nope, aaaa...
                                                                                     ^"""),
                Arguments.of("SELECT '" + JAPANESE + "', nope", "nope", """
                        LINE 1: SELECT '日本語のテキスト日本語', nope
                                                                 ^"""),
                Arguments.of("SELECT '" + JAPANESE.repeat(4) + "', nope, 'x日本語のテキスト日本語日本語'", "nope", """
                        LINE 1: ...語日本語のテキスト日本語日本語のテキスト日本語', nope, 'x日...
                                                                                    ^"""),
                Arguments.of("SELECT '🐘é', nope", "nope", """
                        LINE 1: SELECT '🐘é', nope
                                              ^"""),
                Arguments.of("SELECT (", "", """
                        LINE 1: SELECT (
                                        ^"""),
                Arguments.of("SELECT (\n", "", "LINE 2: \n        ^"),
                Arguments.of("CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT nope'", "nope", """
                        LINE 1: ...NCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT nope'
                                                                                          ^"""),
                Arguments.of("SELECT" + " ".repeat(50) + "nope" + " ".repeat(61), "nope", """
                        LINE 1: ...                                                  nope      ...
                                                                                     ^"""),
                Arguments.of("SELECT\u0001 1, nope", "\u0001", """
                        LINE 1: SELECT\u0001 1, nope
                                      ^"""));
    }

    @ParameterizedTest
    @MethodSource("places")
    void thePlaceIsDrawnAsPsqlDrawsIt(String sql, String at, String picture) {
        int index = at.isEmpty() ? sql.length() : sql.lastIndexOf(at);
        int position = sql.codePointCount(0, index) + 1;
        Diagnostic error = Diagnostic.builder()
                .field('S', "ERROR")
                .field('C', "42703")
                .field('M', "column does not exist")
                .field('P', Integer.toString(position))
                .build();
        assertEquals(
                "ERROR:  column does not exist\n" + picture,
                ServerErrors.of(error, sql).report());
    }

    @Test
    void aPositionOutsideTheStatementIsNotDrawn() {
        assertNull(ErrorPosition.show("SELECT 1", 0));
        assertNull(ErrorPosition.show("SELECT 1", -1));
        assertNull(ErrorPosition.show("SELECT 1", 10));
        assertNull(ErrorPosition.show("SELECT 1", Integer.MAX_VALUE));
        assertNull(ErrorPosition.show("", 2));
        assertEquals("LINE 1: \n        ^", ErrorPosition.show("", 1));
        assertEquals("LINE 1: SELECT 1\n                ^", ErrorPosition.show("SELECT 1", 9));
    }

    @Test
    void halfASurrogatePairCountsAsOneCharacter() {
        assertEquals("LINE 1: a\uD83Db\n          ^", ErrorPosition.show("a\uD83Db", 3));
    }

    @Test
    void aStatementOfMegabytesInOneLineIsCutToo() {
        String sql = "x".repeat(5_000_000);
        String shown = ErrorPosition.show(sql, 2_500_000);
        assertEquals("LINE 1: ..." + "x".repeat(60) + "...\n" + " ".repeat(61) + "^", shown);
    }

    @Test
    void withoutTheStatementThePositionIsANumber() {
        Diagnostic error = Diagnostic.builder()
                .field('S', "ERROR")
                .field('M', "syntax error at or near \"x\"")
                .field('P', "17")
                .build();
        assertEquals(
                "ERROR:  syntax error at or near \"x\" at character 17",
                ServerErrors.of(error, null).report());
    }

    @Test
    void aQueryThatTheServerMadeIsDrawnAndPrinted() {
        Diagnostic error = Diagnostic.builder()
                .field('S', "ERROR")
                .field('C', "42703")
                .field('M', "column \"nope\" does not exist")
                .field('p', "8")
                .field('q', "SELECT nope FROM pg_class")
                .field('W', "PL/pgSQL function inline_code_block line 1 at EXECUTE")
                .build();
        assertEquals(
                """
                ERROR:  column "nope" does not exist
                LINE 1: SELECT nope FROM pg_class
                               ^
                QUERY:  SELECT nope FROM pg_class
                CONTEXT:  PL/pgSQL function inline_code_block line 1 at EXECUTE""",
                ServerErrors.of(error, "DO $$ BEGIN EXECUTE 'SELECT nope FROM pg_class'; END $$")
                        .report());
    }

    @Test
    void detailHintAndContextFollowInThisOrder() {
        Diagnostic error = Diagnostic.builder()
                .field('S', "ERROR")
                .field('C', "40001")
                .field('W', "PL/pgSQL function inline_code_block line 1 at RAISE")
                .field('H', "the hint")
                .field('D', "the detail")
                .field('M', "boom")
                .build();
        DatabaseException exception = ServerErrors.of(error, "DO $$ ... $$");
        assertEquals("""
                ERROR:  boom
                DETAIL:  the detail
                HINT:  the hint
                CONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE""", exception.report());
        assertTrue(exception.getMessage().startsWith("ERROR: boom (SQLSTATE 40001)\nDETAIL: the detail\nHINT: "));
    }
}
