package dev.pgwire.laboratory.capture;

import static dev.pgwire.laboratory.capture.Session.bytes;
import static dev.pgwire.laboratory.capture.Session.messages;
import static dev.pgwire.laboratory.capture.Session.remarks;
import static dev.pgwire.laboratory.capture.Session.sniff;
import static dev.pgwire.laboratory.capture.Session.trace;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.laboratory.capture.file.CaptureBytes;
import dev.pgwire.laboratory.capture.file.Packet;
import dev.pgwire.laboratory.capture.stream.Talk;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Query;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which end is the server, where the ports do not say it: a pooler is a client, too, and a server may be at any port. */
class ServerEndTest {
    /** The packets of a handshake. */
    private static final int OPEN = 3;

    private static final List<String> ALL = messages(sniff(Session.whole(new Talk())));
    private static final String PASSED_OVER =
            " whose first bytes are not PostgreSQL's; servers are known by the port 5432 or by a StartupMessage";

    private final Sniffer bothPorts = new Sniffer().port(6432);

    @Test
    void ofTwoEndsAtPortsOfServersTheOneThatHasOpenedIsTheClient() {
        for (Talk talk : List.of(new Talk(6432, 5432, 5, 6), new Talk(5432, 6432, 5, 6))) {
            List<Packet> packets = Session.whole(talk).packets();
            // Also if the first packet that was captured is the server's.
            for (int first = 0; first < OPEN; first++) {
                List<CaptureEvent> events = read(bothPorts, packets.subList(first, packets.size()));
                assertEquals(ALL, messages(events), "from packet " + first);
                assertEquals(List.of(), remarks(events));
            }
        }
    }

    @Test
    void ofTwoEndsAtPortsOfServersTheOneThatBeginsASessionIsTheClient() {
        for (Talk talk :
                List.of(new Talk(6432, 5432, 5, 6), new Talk(5432, 6432, 5, 6), new Talk(6432, 5432, 5, 6).most(1))) {
            List<Packet> packets = Session.whole(talk).packets();
            List<CaptureEvent> events = read(bothPorts, packets.subList(OPEN, packets.size()));
            assertEquals(ALL, messages(events));
            assertEquals(List.of(), remarks(events));
        }
    }

    @Test
    void ofTwoEndsAtPortsOfServersNeitherIsGuessedToBeTheClient() {
        Talk talk = new Talk(6432, 5432, 5, 6)
                .client(bytes(new Query("SELECT 1")))
                .server(bytes(Session.description(), Session.row("1", "Ada"), Session.READY));

        List<CaptureEvent> events = read(bothPorts, talk.packets());

        assertEquals(List.of(), messages(events));
        assertEquals(List.of("passed over 1 connection" + PASSED_OVER.replace("5432", "5432, 6432")), remarks(events));
    }

    @Test
    void aServerAtAnotherPortIsKnownByteByByte() {
        for (int first : new int[] {0, 1, OPEN}) {
            List<Packet> packets =
                    Session.whole(new Talk(40000, 6000, 5, 6).most(1)).packets();
            List<CaptureEvent> events = sniff(packets.subList(first, packets.size()));
            assertEquals(ALL, messages(events), "from packet " + first);
            assertTrue(trace(events).startsWith("# connection 1, 10.0.0.1:40000 to 10.0.0.2:6000\n"), trace(events));
        }
    }

    @Test
    void aServerAtAnotherPortIsKnownByARequestToCancelToo() {
        Opening.Cancel cancel = new Opening.Cancel(4711, new byte[] {1, 2, 3, 4});
        assertEquals(
                List.of("F\t16\tCancelRequest\t 1234 5678 4711 NNNN"),
                messages(sniff(
                        new Talk(40000, 6000, 5, 6).open().client(bytes(cancel)).close())));
    }

    @Test
    void theEndThatIsAskedForAConnectionBeginsNoSession() {
        byte[] startup = Arrays.copyOf(bytes(Opening.Encryption.SSL_REQUEST), 8);
        assertPassedOver(new Talk(40000, 6000, 5, 6).open().server(startup).close());
    }

    @Test
    void whatSaysTooLittleIsCountedAmongThoseThatArePassedOver() {
        byte[] some = {0, 0, 0, 8, 4};
        assertPassedOver(new Talk(40000, 6000, 5, 6).open().client(some).close());
        assertPassedOver(new Talk(40000, 6000, 5, 6).client(some));
        assertPassedOver(new Talk(40000, 6000, 5, 6).open().client(some).add(1, Talk.RST, new byte[0]));
    }

    @Test
    void aHoleInWhatWouldTellLeavesItUntold() {
        byte[] login = bytes(Opening.Encryption.SSL_REQUEST);
        assertPassedOver(new Talk(40000, 6000, 5, 6)
                .open()
                .client(Arrays.copyOf(login, 3))
                .lose(0, 2)
                .client(Arrays.copyOfRange(login, 5, 8))
                .server(bytes(Session.READY))
                .close());
    }

    @Test
    void connectionsWithoutAWordAreNoneOfOurs() {
        assertEquals(List.of(), sniff(new Talk(40000, 6000, 5, 6).open().close()));
        assertEquals(List.of(), sniff(new Talk(40000, 6000, 5, 6).add(0, Talk.SYN, new byte[0])));
    }

    private static void assertPassedOver(Talk talk) {
        List<CaptureEvent> events = sniff(talk);
        assertEquals(List.of("passed over 1 connection" + PASSED_OVER), remarks(events), trace(events));
        assertEquals(List.of(), messages(events));
    }

    private static List<CaptureEvent> read(Sniffer sniffer, List<Packet> packets) {
        return sniff(sniffer, CaptureBytes.pcap(packets));
    }
}
