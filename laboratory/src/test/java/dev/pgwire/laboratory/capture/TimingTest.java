package dev.pgwire.laboratory.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.laboratory.capture.stream.Talk;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyData;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each packet of a {@link Talk} comes a millisecond behind the one before it. */
class TimingTest {
    @Test
    void eachPhaseAndStatementHasItsDurations() {
        assertEquals(
                List.of(
                        "1\tconnect\t1.000\t\t\t\t\t\t\t",
                        "1\tencryption\t1.000\t\t\t\t\t\tN\t",
                        "1\tauthentication\t3.000\t\t\t\t\t\t\t",
                        "1\tstart\t0.000\t\t\t\t\t\t\t",
                        "1\tstatement\t3.000\t2.000\t1.000\t2.000\t3.000\t2\tSELECT 2\t" + Session.SQL,
                        "1\tstatement\t2.000\t1.000\t\t\t\t1\tSELECT 1\tSELECT 'x'",
                        "1\tstatement\t1.000\t\t\t1.000\t1.000\t0\tERROR 22012\t" + Session.SQL,
                        "1\twhole\t20.000\t\t\t\t\t\t\t"),
                timing(Session.whole(new Talk())));
    }

    @Test
    void anErrorInTheMiddleOfAPipelineCostsThoseBehindItUpToTheSync() {
        Talk talk = Session.login(new Talk());
        talk.client(Session.bytes(
                new Parse("", "SELEKT", new int[0]),
                Session.bind(),
                new Execute("", 0),
                Session.bind(),
                new Execute("", 0)));
        talk.server(Session.bytes(Session.error()));
        talk.client(Session.bytes(Session.bind(), new Execute("", 0), Command.SYNC));
        talk.server(Session.bytes(Session.READY));
        talk.client(Session.bytes(new Query("SELECT 2")));
        talk.server(Session.bytes(Session.row("2"), new CommandComplete("SELECT 1"), Session.READY));

        assertEquals(
                List.of(
                        "1\tstatement\t1.000\t\t\t\t1.000\t0\tERROR 22012\t",
                        "1\tstatement\t1.000\t1.000\t\t\t\t1\tSELECT 1\tSELECT 2"),
                statements(talk));
    }

    @Test
    void aPortalThatIsReadInPartsIsARunForEachPart() {
        Talk talk = Session.login(new Talk());
        talk.client(Session.bytes(
                new Parse("s1", Session.SQL, new int[0]), Session.bind(), new Execute("", 1), Command.FLUSH));
        talk.server(Session.bytes(
                Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Session.row("1", "a"), Signal.PORTAL_SUSPENDED));
        talk.client(Session.bytes(new Execute("", 1), Command.SYNC));
        talk.server(Session.bytes(Session.row("2", "b"), new CommandComplete("SELECT 1"), Session.READY));

        assertEquals(
                List.of(
                        "1\tstatement\t1.000\t1.000\t1.000\t1.000\t1.000\t1\tPortalSuspended\t" + Session.SQL,
                        "1\tstatement\t1.000\t1.000\t\t\t1.000\t1\tSELECT 1\t" + Session.SQL),
                statements(talk));
    }

    @Test
    void aCopyIsOneStatementAndAStatementThatIsCutSaysSo() {
        Talk talk = Session.login(new Talk());
        talk.client(Session.bytes(new Query("COPY t FROM STDIN")));
        talk.server(Session.bytes(new CopyInResponse(Format.TEXT, List.of(Format.TEXT))));
        talk.client(Session.bytes(new CopyData(new byte[] {'1', '\n'}), Command.COPY_DONE));
        talk.server(Session.bytes(new CommandComplete("COPY 1"), Session.READY));
        talk.client(Session.bytes(new Query("SELECT\n  pg_sleep(9)")));

        assertEquals(
                List.of(
                        "1\tstatement\t3.000\t\t\t\t\t0\tCOPY 1\tCOPY t FROM STDIN",
                        "1\tstatement\t0.000\t\t\t\t\t0\tcut\tSELECT pg_sleep(9)"),
                statements(talk));
    }

    @Test
    void theSyncBehindTheExecuteOfACopyIsIgnoredUnlessTheCopyFailsAtOnce() {
        Talk talk = Session.login(new Talk());
        talk.client(Session.bytes(new Execute("", 0), Command.SYNC));
        talk.server(Session.bytes(new CopyInResponse(Format.TEXT, List.of(Format.TEXT))));
        talk.client(Session.bytes(new CopyData(new byte[] {'1', '\n'}), Command.COPY_DONE, Command.SYNC));
        talk.client(Session.bytes(new Query("SELECT 1")));
        talk.server(Session.bytes(new CommandComplete("COPY 1"), Session.READY));
        talk.server(Session.bytes(Session.row("1"), new CommandComplete("SELECT 1"), Session.READY));
        talk.client(Session.bytes(new Execute("", 0), Command.SYNC, new Query("SELECT 2")));
        talk.server(
                Session.bytes(new CopyInResponse(Format.TEXT, List.of(Format.TEXT)), Session.error(), Session.READY));
        talk.server(Session.bytes(Session.row("2"), new CommandComplete("SELECT 1"), Session.READY));

        assertEquals(
                List.of("COPY 1\t", "SELECT 1\tSELECT 1", "ERROR 22012\t", "SELECT 1\tSELECT 2"),
                statements(talk).stream()
                        .map(line -> line.replaceAll(".*\\t(.*\\t.*)", "$1"))
                        .toList());
    }

    private static List<String> statements(Talk talk) {
        return timing(talk).stream()
                .filter(line -> line.contains("\tstatement\t"))
                .toList();
    }

    private static List<String> timing(Talk talk) {
        StringBuilder out = new StringBuilder();
        Session.sniff(talk).forEach(new TimingPrinter(out));
        return out.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .toList();
    }
}
