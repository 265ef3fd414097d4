package dev.pgwire.laboratory.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.laboratory.replay.Comparing.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static final String START = "1 B ReadyForQuery <I>";
    private static final String DESCRIBED =
            "1 B RowDescription [ ( \"id\" 16400 1:2 23 4:2 -1 1:2 )" + " ( \"at\" 0 0:2 1184 8:2 -1 1:2 ) ]";

    @Test
    void aChangedRowAmongManyIsOneDifference() {
        List<Difference> found = between(
                List.of("1 B DataRow [ '1' ]", "1 B DataRow [ '2' ]", "1 B DataRow [ '3' ]"),
                List.of("1 B DataRow [ '1' ]", "1 B DataRow [ '5' ]", "1 B DataRow [ '3' ]"));
        assertEquals(List.of("""
                        connection 1, message 3 of the server has changed:
                        - DataRow [ '2' ]
                        + DataRow [ '5' ]"""), found.stream().map(Difference::toString).toList());
    }

    @Test
    void anErrorInPlaceOfAResultIsLostMessagesAndAnAddedOne() {
        List<Difference> found = between(
                List.of("1 B DataRow [ '1' ]", "1 B CommandComplete \"SELECT 1\"", START),
                List.of("1 B ErrorResponse S\"ERROR\" .", START));
        assertEquals(3, found.size());
        assertEquals(1, found.stream().filter(one -> one.expected() == null).count());
    }

    @Test
    void aNoticeMayComeAtAnotherTime() {
        String notice = "1 B NoticeResponse S\"NOTICE\" M\"it is late\" .";
        assertEquals(
                List.of(), between(List.of(notice, "1 B DataRow [ '1' ]"), List.of("1 B DataRow [ '1' ]", notice)));
        assertEquals(
                1,
                between(List.of(notice, "1 B DataRow [ '1' ]"), List.of("1 B DataRow [ '1' ]"))
                        .size());
    }

    @Test
    void namesThatADriverMakesUpMayBeOthers() {
        List<String> first = List.of("1 F Parse \"drv_8f3a_1\" \"SELECT 1\" [ ]", "1 F Describe S\"drv_8f3a_1\"");
        List<String> second = List.of("1 F Parse \"drv_77aa_1\" \"SELECT 1\" [ ]", "1 F Describe S\"drv_77aa_1\"");
        List<String> mixed = List.of("1 F Parse \"drv_77aa_1\" \"SELECT 1\" [ ]", "1 F Describe S\"drv_77aa_2\"");
        assertEquals(List.of(), between(first, second));
        assertEquals(1, between(first, mixed).size());
    }

    @Test
    void whatAMaskHidesIsNotCompared() {
        List<String> first = List.of(
                "1 F Parse \"s\" \"SELECT\" [ ]",
                "1 F Describe S\"s\"",
                "1 F Sync",
                DESCRIBED,
                START,
                "1 F Bind \"\" \"s\" [ ] [ ] [ ]",
                "1 F Execute \"\" 0",
                "1 F Sync",
                "1 B DataRow [ '1' 'then' ]",
                "1 B CommandComplete \"SELECT 1\"",
                START);
        List<String> second = new ArrayList<>(first);
        second.replaceAll(line -> line.replace("'then'", "'now'").replace("16400", "17000"));
        assertEquals(1, between(first, second).size());
        assertEquals(List.of(), between(first, second, Mask.column("at")));
        assertEquals(List.of(), between(first, second, Mask.times()));
        assertEquals(List.of(), between(first, second, Mask.matching("then|now")));
        assertEquals(List.of(), between(first, second, Mask.message("DataRow")));
        assertEquals(1, between(first, second, Mask.column("id")).size());
    }

    @Test
    void dataOfACopyMayComeInOtherPieces() {
        List<String> one = List.of("1 F CopyData <1\\n2\\n>", "1 F CopyDone");
        List<String> two = List.of("1 F CopyData <1>", "1 F CopyData <\\n2\\n>", "1 F CopyDone");
        assertEquals(List.of(), between(one, two));
        assertEquals(1, between(one, two.subList(1, 3)).size());
        assertEquals(
                1,
                between(one, List.of("1 F CopyDone", "1 F CopyData <1\\n2\\n>")).stream()
                        .filter(difference -> difference.got() == null)
                        .count());
    }

    @Test
    void theSyncBehindTheExecuteOfACopyIsIgnoredUnlessTheCopyFailsAtOnce() {
        List<String> data = List.of("1 F CopyData <1>", "1 F CopyDone", "1 F Sync", "1 B CommandComplete \"COPY 1\"");
        for (List<String> copied : List.of(data, List.of("1 B ErrorResponse S\"ERROR\" ."))) {
            List<String> first = new ArrayList<>(List.of(
                    "1 F Query \"SELECT\"",
                    DESCRIBED,
                    START,
                    "1 F Parse \"\" \"COPY\" [ ]",
                    "1 F Bind \"\" \"\" [ ] [ ] [ ]",
                    "1 F Execute \"\" 0",
                    "1 F Sync",
                    "1 B CopyInResponse <\\x00> [ ]"));
            first.addAll(copied);
            first.addAll(List.of("1 F Query \"SELECT\"", START, "1 B DataRow [ '1' 'then' ]", START));
            List<String> second = new ArrayList<>(first);
            second.replaceAll(line -> line.replace("'then'", "'now'"));
            assertEquals(1, between(first, second).size());
            assertEquals(List.of(), between(first, second, Mask.column("at")));
        }
    }

    @Test
    void whatBeginsASessionIsNotCompared() {
        Recording one =
                recording(List.of("1 F StartupMessage 3:2 0:2 \"user\" \"a\" .", "1 B AuthenticationOk 0", START));
        Recording two =
                recording(List.of("1 F StartupMessage 3:2 2:2 \"user\" \"b\" .", "1 B AuthenticationOk 0", START));
        assertEquals(
                List.of(),
                Differences.between(1, one.messages(), two.messages(), Mask.usual(), EnumSet.allOf(Row.class)));
    }

    private static List<Difference> between(List<String> expected, List<String> got, Mask... masks) {
        List<Mask> all = new ArrayList<>(Mask.usual());
        all.addAll(Arrays.asList(masks));
        return Differences.between(
                1, started(expected).messages(), started(got).messages(), all, EnumSet.allOf(Row.class));
    }

    private static Recording started(List<String> lines) {
        List<String> all = new ArrayList<>(List.of(START));
        all.addAll(lines);
        return recording(all);
    }

    private static Recording recording(List<String> lines) {
        return new Recording(lines.stream().map(Said::parse).toList());
    }
}
