package dev.pgwire.laboratory.capture;

import static dev.pgwire.laboratory.capture.Session.messages;
import static dev.pgwire.laboratory.capture.Session.remarks;
import static dev.pgwire.laboratory.capture.Session.sniff;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.laboratory.capture.file.CaptureBytes;
import dev.pgwire.laboratory.capture.file.Packet;
import dev.pgwire.laboratory.capture.stream.Talk;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.testing.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is left of a capture is read, and of the rest there is a word. */
class DamagedCaptureTest {
    private static final int HEADERS = 14 + 24 + 24;

    private static final List<String> ALL = messages(sniff(Session.whole(new Talk())));

    @Test
    void aFileThatIsCutAnywhereGivesTheMessagesBefore() {
        byte[] file = CaptureBytes.pcap(Session.whole(new Talk().most(40)).packets());
        int most = 0;
        for (int cut = 24; cut < file.length; cut++) {
            List<CaptureEvent> events = sniff(new Sniffer(), Arrays.copyOf(file, cut));
            List<String> read = messages(events);
            assertEquals(ALL.subList(0, read.size()), read);
            assertTrue(read.size() >= most, "the more of the file, the more messages");
            most = read.size();
        }
        assertEquals(ALL.size(), most);
    }

    @Test
    void aMessageThatIsCutIsToldAsFarAsItIsThere() {
        Talk talk = Session.login(new Talk());
        talk.client(Arrays.copyOf(Session.bytes(new Query("SELECT 1")), 9));

        List<CaptureEvent> events = sniff(talk);

        assertTrue(Session.trace(events).endsWith("""
                F\t13\tQuery\t ?
                # ends in the middle of a message of the client: 9 bytes of 14
                # open when the capture ends
                """), Session.trace(events));
    }

    @Test
    void aCaptureThatBeginsWithAnyPacketGivesTheMessagesBehind() {
        List<Packet> packets = Session.whole(new Talk()).packets();
        for (int first = 1; first < packets.size() - 4; first++) {
            List<CaptureEvent> events = sniff(packets.subList(first, packets.size()));
            List<String> read = messages(events);

            assertTrue(read.size() > 1 || first > packets.size() - 6, "from packet " + first + ": " + read);
            assertEquals(ALL.subList(ALL.size() - read.size(), ALL.size()), read, "from packet " + first);
            boolean opens = read.get(0).contains("SSLRequest") || read.get(0).contains("StartupMessage");
            assertTrue(opens || remarks(events).contains("the capture begins in the middle of this connection"));
        }
    }

    @Test
    void aCaptureThatBeginsInTheMiddleOfALongMessageGoesOnWithTheNextThatCanBeKnown() {
        Talk talk = new Talk().most(1000);
        byte[] answer = rows(3000);
        talk.server(Arrays.copyOfRange(answer, 11, answer.length));
        talk.server(Session.bytes(new CommandComplete("SELECT 3000"), Session.READY));

        List<CaptureEvent> events = sniff(talk);

        List<String> read = messages(events);
        assertTrue(read.size() > 2990, read.size() + " of 3000 rows: " + remarks(events));
        assertTrue(
                remarks(events).get(1).matches("passed over \\d+ bytes of the server, up to the next .*"),
                remarks(events).toString());
    }

    /** Whatever packet is missing: what is told is what was said, and everything behind the next message that begins a packet. */
    @Test
    void aPacketThatIsMissingCostsTheMessagesInIt() {
        List<Packet> packets = Session.whole(new Talk()).packets();
        for (int lost = 0; lost < packets.size(); lost++) {
            List<Packet> rest = new ArrayList<>(packets);
            boolean hasData = rest.remove(lost).bytes().length > HEADERS + 3;
            List<CaptureEvent> events = sniff(rest);

            assertSomeOf(ALL, messages(events), hasData ? 8 : 1, "without packet " + lost + ": " + remarks(events));
        }
    }

    @Test
    void aHoleWithinAMessageCostsThatMessageOnly() {
        Talk talk = Session.login(new Talk()).client(Session.bytes(new Query("SELECT 1")));
        byte[] row = Session.bytes(Session.row("0123456789"));
        talk.server(Arrays.copyOf(row, 13)).lose(1, 3).server(Arrays.copyOfRange(row, 16, row.length));
        talk.server(Session.bytes(new CommandComplete("SELECT 1"), Session.READY));

        String trace = Session.trace(sniff(talk));

        assertTrue(trace.endsWith("""
                F\t13\tQuery\t "SELECT 1"
                B\t20\tDataRow\t 1 10 ?
                B\t13\tCommandComplete\t "SELECT 1"
                B\t5\tReadyForQuery\t I
                # open when the capture ends
                """), trace);
    }

    @Test
    void packetsOfWhichOnlyTheBeginningIsThereGiveTheNamesOfTheMessages() {
        List<Packet> packets = new ArrayList<>();
        for (Packet each : Session.whole(new Talk()).packets()) {
            byte[] part = Arrays.copyOf(each.bytes(), Math.min(each.bytes().length, HEADERS + 20));
            packets.add(new Packet(each.time(), each.link(), part, each.length()));
        }

        List<CaptureEvent> events = sniff(packets);

        assertSomeOf(ALL, messages(events), ALL.size() - 12, remarks(events).toString());
        assertTrue(Session.trace(events).contains("\nF\t54\tParse\t \"s1\" ?\n"), Session.trace(events));
    }

    @Test
    void repeatedAndShuffledPacketsMakeNoDifference() {
        Seed seed = Seed.take();
        Random random = seed.random();
        for (int draw = 0; draw < Seed.draws(200); draw++) {
            List<Packet> packets = new ArrayList<>(
                    Session.whole(new Talk().most(10 + random.nextInt(60))).packets());
            for (int i = 0; i < 5; i++) {
                int which = random.nextInt(packets.size());
                packets.add(which + random.nextInt(packets.size() - which), packets.get(which));
            }
            for (int i = 0; i + 6 <= packets.size(); i += 6) {
                Collections.shuffle(packets.subList(i, i + 6), random);
            }
            assertEquals(ALL, messages(sniff(packets)), seed + ", draw " + draw);
        }
    }

    @Test
    void aLengthThatMakesNoSenseEndsWhereAPacketHasMessagesOfItsOwn() {
        for (int length : new int[] {0, 3, 60_000, 500_000, 50_000_000, -1}) {
            Talk talk = Session.login(new Talk()).client(Session.bytes(new Query("SELECT 1")));
            byte[] row = Session.bytes(Session.row("0123456789"));
            row[1] = (byte) (length >>> 24);
            row[2] = (byte) (length >>> 16);
            row[3] = (byte) (length >>> 8);
            row[4] = (byte) length;
            talk.server(row);
            for (int i = 0; i < 3; i++) {
                talk.server(Session.bytes(Session.row("next")));
            }
            talk.server(Session.bytes(new CommandComplete("SELECT 4"), Session.READY));

            List<CaptureEvent> events = sniff(talk);

            assertEquals(
                    List.of(
                            "B\t14\tDataRow\t 1 4 'next'",
                            "B\t14\tDataRow\t 1 4 'next'",
                            "B\t14\tDataRow\t 1 4 'next'",
                            "B\t13\tCommandComplete\t \"SELECT 4\"",
                            "B\t5\tReadyForQuery\t I"),
                    messages(events)
                            .subList(
                                    messages(events).size() - 5,
                                    messages(events).size()),
                    "length " + length);
            assertTrue(
                    remarks(events).toString().contains("makes no sense") || length < 4,
                    remarks(events).toString());
        }
    }

    @Test
    void flippedBitsAndGarbageAreNeverAnExceptionAndCostLittle() {
        Seed seed = Seed.take();
        Random random = seed.random();
        byte[] file = CaptureBytes.pcap(Session.whole(new Talk()).packets());
        int read = 0;
        int draws = Seed.draws(300);
        for (int draw = 0; draw < draws; draw++) {
            byte[] damaged = file.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                damaged[24 + random.nextInt(file.length - 24)] ^= (byte) (1 << random.nextInt(8));
            }
            if (draw % 4 == 0) {
                int at = 24 + random.nextInt(file.length - 24);
                byte[] garbage = new byte[Math.min(file.length - at, 50)];
                random.nextBytes(garbage);
                System.arraycopy(garbage, 0, damaged, at, garbage.length);
            }
            List<CaptureEvent> events = sniff(new Sniffer(), damaged);
            StringBuilder out = new StringBuilder();
            events.forEach(new JsonPrinter(out));
            events.forEach(new TimingPrinter(out));
            assertFalse(out.isEmpty());
            read += messages(events).size();
        }
        assertTrue(read > draws * ALL.size() / 2, read + " of " + draws * ALL.size() + ", " + seed);
    }

    private static byte[] rows(int count) {
        DataRow[] rows = new DataRow[count];
        Arrays.fill(rows, Session.row("a value", "another"));
        return Session.bytes(rows);
    }

    /** Whether messages are some of all, in their order; what was not captured makes others unknown, but none anew. */
    private static void assertSomeOf(List<String> all, List<String> some, int atMostWithout, String word) {
        int at = 0;
        for (String message : some) {
            while (at < all.size() && !all.get(at).equals(message)) {
                at++;
            }
            assertTrue(at < all.size(), () -> message + " was not said, or not there; " + word + "\n" + some);
            at++;
        }
        assertTrue(
                all.size() - some.size() <= atMostWithout,
                () -> some.size() + " of " + all.size() + ", " + word + "\n" + some);
    }
}
