package dev.pgwire.laboratory.capture;

import static dev.pgwire.laboratory.capture.Session.bytes;
import static dev.pgwire.laboratory.capture.Session.messages;
import static dev.pgwire.laboratory.capture.Session.remarks;
import static dev.pgwire.laboratory.capture.Session.sniff;
import static dev.pgwire.laboratory.capture.Session.trace;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.laboratory.capture.file.CaptureBytes;
import dev.pgwire.laboratory.capture.file.Packet;
import dev.pgwire.laboratory.capture.stream.Talk;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.dialogue.EncryptionAnswer;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnifferTest {
    private static final String TRACE = """
            # connection 1, 10.0.0.1:40000 to 10.0.0.2:5432
            F\t8\tSSLRequest\t 1234 5679
            B\t1\tSSLResponse\t N
            F\t18\tStartupMessage\t 3 0 "user" "ada"
            B\t8\tAuthenticationCleartextPassword
            F\t11\tPasswordMessage\t "SSSS"
            B\t8\tAuthenticationOk
            B\t17\tParameterStatus\t "TimeZone" "UTC"
            B\t12\tBackendKeyData\t 4711 NNNN
            B\t5\tReadyForQuery\t I
            F\t54\tParse\t "s1" "SELECT id, name FROM users WHERE id < $1" 1 23
            F\t8\tDescribe\t S "s1"
            F\t24\tBind\t "" "s1" 1 1 1 4 '\\x00\\x00\\x00\\x03' 0
            F\t9\tExecute\t "" 0
            F\t4\tSync
            B\t4\tParseComplete
            B\t10\tParameterDescription\t 1 23
            B\t50\tRowDescription\t 2 "id" 16385 1 23 4 -1 0 "name" 16385 2 25 65535 -1 0
            B\t4\tBindComplete
            B\t18\tDataRow\t 2 1 '1' 3 'Ada'
            B\t20\tDataRow\t 2 1 '2' 5 'Grace'
            B\t13\tCommandComplete\t "SELECT 2"
            B\t5\tReadyForQuery\t I
            F\t15\tQuery\t "SELECT 'x'"
            B\t50\tRowDescription\t 2 "id" 16385 1 23 4 -1 0 "name" 16385 2 25 65535 -1 0
            B\t21\tDataRow\t 2 1 '3' 6 '\\xc3\\x9clk\\xc3\\xbc'
            B\t13\tCommandComplete\t "SELECT 1"
            B\t5\tReadyForQuery\t I
            F\t24\tBind\t "" "s1" 1 1 1 4 '\\x00\\x00\\x00\\x03' 0
            F\t9\tExecute\t "" 0
            F\t4\tSync
            B\t4\tBindComplete
            B\t37\tErrorResponse\t S "ERROR" C "22012" M "division by zero" \\x00
            B\t5\tReadyForQuery\t I
            F\t4\tTerminate
            """;

    @Test
    void aConversationIsPrintedAsLibpqPrintsIt() {
        assertEquals(TRACE, trace(sniff(Session.whole(new Talk()))));
    }

    @Test
    void oneByteInEachPacketMakesNoDifference() {
        assertEquals(TRACE, trace(sniff(Session.whole(new Talk().most(1)))));
    }

    @Test
    void timesAreThoseOfThePackets() {
        StringBuilder out = new StringBuilder();
        sniff(Session.whole(new Talk())).forEach(new TracePrinter(out));

        // The fourth packet, a millisecond behind each before it; the zone is that of the machine.
        assertTrue(
                out.toString()
                        .lines()
                        .toList()
                        .get(1)
                        .matches("2023-11-1\\d \\d\\d:\\d\\d:20\\.003000\tF\t8\tSSLRequest\t 1234 5679"),
                out.toString());
    }

    @Test
    void aServerAtAnotherPortIsKnownByTheFirstMessageOfItsClient() {
        assertEquals(TRACE.replace("5432", "6000"), trace(sniff(Session.whole(new Talk(40000, 6000, 5, 6)))));
    }

    @Test
    void otherConversationsArePassedOver() {
        Talk web = new Talk(40001, 80, 1, 2)
                .open()
                .client("GET / HTTP/1.1\r\n\r\n".getBytes())
                .close();
        Talk mail = new Talk(40002, 25, 1, 2)
                .open()
                .server("220 mail ready\r\n".getBytes())
                .close();
        List<Packet> packets = new ArrayList<>(web.packets());
        packets.addAll(mail.packets());

        assertEquals(
                List.of(
                        "passed over 2 connections whose first bytes are not PostgreSQL's; servers are known by the port 5432"
                                + " or by a StartupMessage"),
                remarks(sniff(packets)));
    }

    @Test
    void aPortThatIsNamedIsReadWithoutABeginning() {
        Talk talk =
                new Talk(40000, 6432, 5, 6).client(bytes(new Query("SELECT 1"))).server(bytes(Session.READY));

        List<CaptureEvent> events = sniff(new Sniffer().port(6432), CaptureBytes.pcap(talk.packets()));

        assertEquals("""
                # connection 1, 10.0.0.1:40000 to 10.0.0.2:6432
                # the capture begins in the middle of this connection
                F\t13\tQuery\t "SELECT 1"
                B\t5\tReadyForQuery\t I
                # open when the capture ends
                """, trace(events));
    }

    @Test
    void whatIsEncryptedIsSaidAndNotGuessed() {
        Talk talk =
                new Talk().open().client(bytes(Opening.Encryption.SSL_REQUEST)).server(bytes(EncryptionAnswer.TLS));
        talk.client(new byte[] {22, 3, 1, 0, 5, 1, 2, 3, 4, 5})
                .server(new byte[] {22, 3, 3, 0, 1, 9})
                .close();
        assertEquals("""
                # connection 1, 10.0.0.1:40000 to 10.0.0.2:5432
                F\t8\tSSLRequest\t 1234 5679
                B\t1\tSSLResponse\t S
                # encrypted from here on: what follows cannot be read
                # encrypted: 10 bytes of the client, 6 bytes of the server
                """, trace(sniff(talk)));

        talk = new Talk()
                .open()
                .client(bytes(Opening.Encryption.GSSENC_REQUEST))
                .server(bytes(EncryptionAnswer.GSS));
        talk.client(new byte[20]).close();
        assertEquals("""
                # connection 1, 10.0.0.1:40000 to 10.0.0.2:5432
                F\t8\tGSSENCRequest\t 1234 5680
                B\t1\tGSSENCResponse\t G
                # encrypted from here on: what follows cannot be read
                # encrypted: 20 bytes of the client, 0 bytes of the server
                """, trace(sniff(talk)));
    }

    @Test
    void tlsIsKnownWithoutARequestForItAndInTheMiddle() {
        byte[] record = {22, 3, 1, 0, 5, 1, 2, 3, 4, 5};
        assertEquals(
                List.of(
                        "encrypted from here on: what follows cannot be read",
                        "encrypted: 10 bytes of the client, 0 bytes of the server"),
                remarks(sniff(new Talk().open().client(record).close())));

        record[0] = 23;
        assertEquals(
                List.of(
                        "the capture begins in the middle of this connection",
                        "the server sends records of TLS: they cannot be read",
                        "encrypted: 0 bytes of the client, 10 bytes of the server",
                        "open when the capture ends"),
                remarks(sniff(new Talk().server(record))));
    }

    @Test
    void aCancelRequestIsAConnectionOfItsOwn() {
        Talk talk = new Talk()
                .open()
                .client(bytes(new Opening.Cancel(4711, new byte[] {1, 2, 3, 4})))
                .close();

        assertEquals(List.of("F\t16\tCancelRequest\t 1234 5678 4711 NNNN"), messages(sniff(talk)));
    }

    @Test
    void aConnectionWithoutAWordIsSaidToBeRefusedOrBrokenOff() {
        Talk refused = new Talk().add(0, Talk.SYN, new byte[0]).add(1, Talk.RST | Talk.ACK, new byte[0]);
        assertEquals(List.of("refused: nothing listens at the port of the server"), remarks(sniff(refused)));

        Talk broken = new Talk().open().add(0, Talk.RST | Talk.ACK, new byte[0]);
        assertEquals(List.of("broken off"), remarks(sniff(broken)));
    }

    @Test
    void theSamePortsMayServeAnotherConnection() {
        List<Packet> packets = new ArrayList<>(Session.login(new Talk()).packets());
        packets.addAll(Session.whole(new Talk(40000, 5432, 5000, 9000).later(1_000_000_000))
                .packets());

        List<CaptureEvent> events = sniff(packets);

        assertEquals(List.of("the same ports serve another connection from here on"), remarks(events));
        assertTrue(trace(events).endsWith(TRACE.replace("connection 1", "connection 2")), trace(events));
    }

    @Test
    void ofTooManyConnectionsAtOnceTheEldestAreGivenUp() {
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i <= 10_001; i++) {
            packets.addAll(new Talk(20_000 + i, 5432, 5, 6)
                    .client(bytes(new Query("SELECT 1")))
                    .packets());
        }

        List<CaptureEvent> events = sniff(packets);

        assertEquals(10_002, messages(events).size());
        List<String> given = new ArrayList<>();
        for (CaptureEvent event : events) {
            if (event instanceof CaptureRemark remark && remark.text().startsWith("given up")) {
                given.add(remark.connection().client().port() + ": " + remark.text());
            }
        }
        assertEquals(
                List.of(
                        "20000: given up: too many connections at once",
                        "20001: given up: too many connections at once"),
                given);
    }

    @Test
    void aRefusedLoginEndsWithItsError() {
        Talk talk = new Talk().open();
        talk.client(bytes(new Opening.Startup(ProtocolVersion.V3_2, Map.of("user", "ada"))));
        talk.server(bytes(new Authentication.Sasl(List.of("SCRAM-SHA-256")), Session.error()))
                .close();

        assertEquals(
                List.of(
                        "F\t18\tStartupMessage\t 3 2 \"user\" \"ada\"",
                        "B\t23\tAuthenticationSASL\t \"SCRAM-SHA-256\" \"\"",
                        "B\t37\tErrorResponse\t S \"ERROR\" C \"22012\" M \"division by zero\" \\x00"),
                messages(sniff(talk)));
    }

    @Test
    void whatIsWantedIsToldAndNothingElse() {
        List<Packet> packets = new ArrayList<>(Session.whole(new Talk()).packets());
        packets.addAll(Session.whole(new Talk(40001, 5432, 7, 8)).packets());
        byte[] file = CaptureBytes.pcap(packets);

        assertEquals(2 * 34, messages(sniff(new Sniffer(), file)).size());
        for (String which : List.of("2", "40001", "10.0.0.1:40001")) {
            List<CaptureEvent> one = sniff(new Sniffer().connection(which), file);
            assertEquals(34, messages(one).size(), which);
            assertTrue(trace(one).startsWith("# connection 2, 10.0.0.1:40001"), which);
        }
        assertEquals(
                List.of(
                        "F\t15\tQuery\t \"SELECT 'x'\"",
                        "B\t37\tErrorResponse\t S \"ERROR\" C \"22012\" M \"division by zero\" \\x00"),
                messages(sniff(new Sniffer().connection("1").message("query").message("ErrorResponse"), file)));
        assertEquals(
                4,
                messages(sniff(new Sniffer().message("authentication"), file)).size());
        assertEquals(
                List.of(
                        "F\t15\tQuery\t \"SELECT 'x'\"",
                        "B\t50\tRowDescription\t 2 \"id\" 16385 1 23 4 -1 0 \"name\" 16385 2 25 65535 -1 0",
                        "B\t21\tDataRow\t 2 1 '3' 6 '\\xc3\\x9clk\\xc3\\xbc'",
                        "B\t13\tCommandComplete\t \"SELECT 1\"",
                        "B\t5\tReadyForQuery\t I"),
                messages(sniff(new Sniffer().connection("1").sql("select 'X"), file)));
        assertEquals(
                19,
                messages(sniff(new Sniffer().connection("1").sql("from users"), file))
                        .size());
    }

    @Test
    void whatCannotBeWantedIsRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Sniffer().message("Qery"))
                .getMessage()
                .startsWith("no message is called \"Qery\", expected one of AuthenticationCleartextPassword, "));
        assertThrows(IllegalArgumentException.class, () -> new Sniffer().port(0));
        assertThrows(IllegalArgumentException.class, () -> new Sniffer().connection(" "));
    }

    @Test
    void aMessageThatIsTooLongToBeKeptIsToldByItsHead() {
        byte[] row = bytes(Session.row("x".repeat(17 * 1024 * 1024)));
        Talk talk = Session.login(new Talk().most(60_000));
        talk.client(bytes(new Query("SELECT"))).server(row).server(bytes(Session.READY));

        String trace = trace(sniff(talk));

        String end = trace.substring(trace.indexOf("F\t11\tQuery"));
        String[] lines = end.split("\n");
        assertEquals("# a message with the tag 'D', of 17825802 bytes, of the server is not kept as a whole", lines[1]);
        assertEquals("B\t17825802\tDataRow\t 1 17825792 ?", lines[2]);
        assertEquals("B\t5\tReadyForQuery\t I", lines[3]);
    }
}
