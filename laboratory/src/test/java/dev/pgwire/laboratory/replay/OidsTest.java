package dev.pgwire.laboratory.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OidsTest {
    private static final String READY = "1 B ReadyForQuery <I>";
    private static final String DESCRIBED = "1 B RowDescription [ ( \"mood\" 16390 1:2 16400 4:2 -1 0:2 ) ]";
    private static final String OID_AND_NAME =
            "1 B RowDescription [ ( \"oid\" 1247 1:2 26 4:2 -1 0:2 ) ( \"typname\" 1247 2:2 19 64:2 -1 0:2 ) ]";

    private final Oids oids = new Oids();

    @Test
    void aTypeThatBothHaveDescribedIsReplacedWhereStatementsAreParsed() {
        hear(DESCRIBED, READY);
        live(DESCRIBED.replace("16400", "99000").replace("16390", "98000"), READY);

        assertEquals(
                "1 F Parse \"s\" \"SELECT $1, $2, 16400\" [ 99000 23 16401 ]",
                translated("1 F Parse \"s\" \"SELECT $1, $2, 16400\" [ 16400 23 16401 ]"));
        assertEquals("1 F Parse \"s\" \"SELECT\" [ 98000 ]", translated("1 F Parse \"s\" \"SELECT\" [ 16390 ]"));
    }

    @Test
    void whatIsToldLaterByEitherSideIsTheSame() {
        live("1 B ParameterDescription [ 25 99000 ]");
        assertEquals("1 F Parse \"\" \"\" [ 16400 ]", translated("1 F Parse \"\" \"\" [ 16400 ]"));
        hear("1 B ParameterDescription [ 25 16400 ]");
        assertEquals("1 F Parse \"\" \"\" [ 99000 ]", translated("1 F Parse \"\" \"\" [ 16400 ]"));
    }

    @Test
    void valuesOfColumnsOfOidsAreKnownIfTheRowsAreTheSameOtherwise() {
        String query = "1 F Query \"SELECT oid, typname FROM pg_type\"";
        hear(query, OID_AND_NAME, "1 B DataRow [ '16400' 'mood' ]", "1 B DataRow [ '16402' 'size' ]", READY);
        live(query, OID_AND_NAME, "1 B DataRow [ '99000' 'mood' ]", "1 B DataRow [ '99004' 'another' ]", READY);

        assertEquals("1 F Parse \"\" \"\" [ 99000 16402 ]", translated("1 F Parse \"\" \"\" [ 16400 16402 ]"));
    }

    @Test
    void oidsAreUnsignedAndInEitherFormat() {
        String query = "1 F Query \"SELECT oid, typname FROM pg_type\"";
        hear(query, OID_AND_NAME, "1 B DataRow [ '\\x00\\x00@\\x10' 'mood' ]", READY);
        live(query, OID_AND_NAME, "1 B DataRow [ '\\xff\\xff\\xff\\xf0' 'mood' ]", READY);
        hear("1 F Parse \"s\" \"SELECT\" [ 26 23 2205 ]");

        assertEquals(
                "1 F Bind \"\" \"s\" [ 1:2 1:2 0:2 ] [ '\\xff\\xff\\xff\\xf0' '\\x00\\x00@\\x10' '4294967280' ] [ ]",
                translated(
                        "1 F Bind \"\" \"s\" [ 1:2 1:2 0:2 ] [ '\\x00\\x00@\\x10' '\\x00\\x00@\\x10' '16400' ] [ ]"));
        assertEquals("1 F Parse \"\" \"\" [ -16 ]", translated("1 F Parse \"\" \"\" [ 16400 ]"));
    }

    /** As binary its four bytes would be an oid. */
    @Test
    void aNameOfFourLettersIsNoOid() {
        String query = "1 F Query \"SELECT $1::regtype, typname FROM pg_type\"";
        String described = OID_AND_NAME.replace(" 26 ", " 2206 ");
        for (String name : List.of("text", "uuid", "anna", "\\xc3\\xa9\\xc3\\xa9")) {
            assertEquals(null, OidWords.read("'" + name + "'"), name);
        }
        hear(query, described, "1 B DataRow [ 'text' 'mood' ]", READY, "1 F Parse \"s\" \"SELECT\" [ 2206 ]");
        live(query, described, "1 B DataRow [ 'uuid' 'mood' ]", READY);
        String bind = "1 F Bind \"\" \"s\" [ ] [ 'text' ] [ ]";
        assertEquals(bind, translated(bind));
    }

    @Test
    void theParametersOfEachStatementOfAPipelineAreKnown() {
        String query = "1 F Query \"SELECT oid, typname FROM pg_type\"";
        hear(query, OID_AND_NAME, "1 B DataRow [ '16400' 'mood' ]", READY);
        live(query, OID_AND_NAME, "1 B DataRow [ '99000' 'mood' ]", READY);
        hear(
                "1 F Parse \"a\" \"SELECT 1\" [ ]",
                "1 F Describe S\"a\"",
                "1 F Sync",
                "1 F Parse \"b\" \"SELECT 2\" [ ]",
                "1 F Describe S\"b\"",
                "1 F Sync",
                "1 B ParameterDescription [ 23 ]",
                READY,
                "1 B ParameterDescription [ 26 ]",
                READY);
        assertEquals("1 F Bind \"\" \"b\" [ ] [ '99000' ] [ ]", translated("1 F Bind \"\" \"b\" [ ] [ '16400' ] [ ]"));
        assertEquals("1 F Bind \"\" \"a\" [ ] [ '16400' ] [ ]", translated("1 F Bind \"\" \"a\" [ ] [ '16400' ] [ ]"));
    }

    @Test
    void aParameterIsOneOfOidsAlsoIfTheServerHasSaidSo() {
        hear(DESCRIBED, "1 F Parse \"s\" \"SELECT\" [ ]", "1 F Describe S\"s\"", "1 F Sync");
        hear("1 B ParseComplete", "1 B ParameterDescription [ 26 25 ]", READY);
        live(DESCRIBED.replace("16400", "99000"));

        assertEquals(
                "1 F Bind \"\" \"s\" [ ] [ '99000' '16400' ] [ ]",
                translated("1 F Bind \"\" \"s\" [ ] [ '16400' '16400' ] [ ]"));
        assertEquals(
                "1 F Bind \"\" \"other\" [ ] [ '16400' ] [ ]",
                translated("1 F Bind \"\" \"other\" [ ] [ '16400' ] [ ]"));
    }

    @Test
    void aTextNamesAnOidOnlyByACast() {
        hear(DESCRIBED, READY);
        live(DESCRIBED.replace("16400", "99000"), READY);

        assertEquals(
                "1 F Query \"SELECT 16400, '16400', 99000::oid, '{99000,25}'::pg_catalog.oid[], '99000' :: REGTYPE, 16400::int\"",
                translated(
                        "1 F Query \"SELECT 16400, '16400', 16400::oid, '{16400,25}'::pg_catalog.oid[], '16400' :: REGTYPE,"
                                + " 16400::int\""));
    }

    @Test
    void whatFailsNowMovesOnlyWhatIsToldUpToTheNextReadyForQuery() {
        String size = DESCRIBED.replace("mood", "size").replace("16400", "16402");
        hear(DESCRIBED, READY, size, READY);
        live("1 B ErrorResponse S\"ERROR\" .", READY, size.replace("16402", "99002"), READY);

        assertEquals("1 F Parse \"\" \"\" [ 16400 99002 ]", translated("1 F Parse \"\" \"\" [ 16400 16402 ]"));
    }

    @Test
    void theValuesOfOidsThatUsersMakeAreNotCompared() {
        assertEquals("DataRow [ * 'mood' ]", hidden("1 B DataRow [ '16400' 'mood' ]"));
        assertEquals("DataRow [ * '16400' ]", hidden("1 B DataRow [ '\\x00\\x00@\\x10' '16400' ]"));
        for (String same : List.of("DataRow [ '25' 'text' ]", "DataRow [ '1247' 'text' ]", "DataRow [ NULL 'text' ]")) {
            assertEquals(same, hidden("1 B " + same));
        }
    }

    private static String hidden(String line) {
        Said said = Said.parse(line);
        List<String> words = new ArrayList<>(said.words());
        List<ResultColumn> columns = List.of(new ResultColumn("oid", 26), new ResultColumn("typname", 19));
        UsualMasks.oids(said, columns, words);
        return said.name() + " " + String.join(" ", words);
    }

    private void hear(String... lines) {
        for (String line : lines) {
            oids.recorded(Said.parse(line));
        }
    }

    private void live(String... lines) {
        for (String line : lines) {
            oids.live(Said.parse(line));
        }
    }

    private String translated(String line) {
        return oids.translated(Said.parse(line)).toString();
    }
}
