package dev.pgwire.laboratory.capture.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.laboratory.capture.file.Packet;
import dev.pgwire.laboratory.capture.network.Segment;
import dev.pgwire.laboratory.capture.network.SegmentReader;
import dev.pgwire.testing.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private final List<String> heard = new ArrayList<>();
    private final List<TcpConnection> connections = new ArrayList<>();

    @Test
    void whatEachEndSentComesInItsOrderAndInThatOfTheAnswers() {
        hear(new Talk()
                .open()
                .client(bytes("ping"))
                .server(bytes("pong"))
                .client(bytes("bye"))
                .close());

        assertEquals(List.of("0 ping", "1 pong", "0 bye", "CLOSED"), heard);
        TcpConnection connection = connections.get(0);
        assertEquals("10.0.0.1:40000", connection.endpoint(0).toString());
        assertEquals(0, connection.client());
        assertEquals(1_000_000, connection.answeredAt() - connection.askedAt());
        assertTrue(connection.isFromTheBeginning(0) && connection.isFromTheBeginning(1));
    }

    @Test
    void sequenceNumbersWrap() {
        byte[] much = new byte[1000];
        Arrays.fill(much, (byte) 'x');
        hear(new Talk().most(7).open().client(much).server(much).close());

        assertEquals("0 " + new String(much, ISO_8859_1), joined(0));
        assertEquals("1 " + new String(much, ISO_8859_1), joined(1));
    }

    @Test
    void repeatedAndOverlappingSegmentsCountOnce() {
        Talk talk = new Talk().open().client(bytes("abcdef"));
        List<Packet> packets = new ArrayList<>(talk.packets());
        // The same bytes again, with more behind them, as a repeated segment may have.
        packets.addAll(
                new Talk().open().client(bytes("abcdefgh")).client(bytes("ij")).packets());
        hear(packets);

        assertEquals("0 abcdefghij", joined(0));
    }

    @Test
    void shuffledAndRepeatedSegmentsAreSortedByWhatTheyAnswer() {
        Seed seed = Seed.take();
        Random random = seed.random();
        for (int draw = 0; draw < Seed.draws(300); draw++) {
            Talk talk = new Talk().most(3).open();
            for (int i = 0; i < 8; i++) {
                talk.client(bytes("question " + i + ".")).server(bytes("answer " + i + "."));
            }
            List<Packet> packets = new ArrayList<>(talk.close().packets());
            for (int i = 0; i < 5; i++) {
                int which = random.nextInt(packets.size());
                packets.add(which + random.nextInt(packets.size() - which), packets.get(which));
            }
            for (int i = 0; i + 6 <= packets.size(); i += 6) {
                Collections.shuffle(packets.subList(i, i + 6), random);
            }
            heard.clear();
            connections.clear();

            hear(packets);

            StringBuilder talked = new StringBuilder();
            heard.stream().filter(line -> line.matches("[01] .*")).forEach(line -> talked.append(line.substring(2)));
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                expected.append("question " + i + ".answer " + i + ".");
            }
            assertEquals(expected.toString(), talked.toString(), seed + ", draw " + draw + ": " + heard);
        }
    }

    @Test
    void aCaptureThatBeginsInTheMiddleBeginsWithItsFirstByte() {
        hear(new Talk().client(bytes("ping")).server(bytes("pong")));

        assertEquals(List.of("0 ping", "1 pong", "CAPTURE_ENDS"), heard);
        assertEquals(-1, connections.get(0).client());
        assertEquals(false, connections.get(0).isFromTheBeginning(0));
    }

    @Test
    void lostBytesAreAHoleOfTheirSize() {
        hear(new Talk()
                .open()
                .client(bytes("ping"))
                .lose(1, 12)
                .server(bytes("pong"))
                .client(bytes("bye"))
                .close());

        assertEquals(List.of("0 ping", "1 hole 12", "1 pong", "0 bye", "CLOSED"), heard);
    }

    @Test
    void whatWasAcknowledgedAndNeverCameIsAHoleAtTheEnd() {
        Talk talk = new Talk().open().client(bytes("ping")).lose(1, 30).add(0, Talk.ACK, new byte[0]);
        hear(talk);

        assertEquals(List.of("0 ping", "1 hole 30", "CAPTURE_ENDS"), heard);
    }

    @Test
    void partsOfPacketsThatWereNotCapturedAreHoles() {
        Talk talk = new Talk()
                .open()
                .client(bytes("0123456789"))
                .client(bytes("abc"))
                .close();
        List<Packet> packets = new ArrayList<>();
        for (Packet each : talk.packets()) {
            byte[] part = Arrays.copyOf(each.bytes(), Math.min(each.bytes().length, 14 + 24 + 24 + 5));
            packets.add(new Packet(each.time(), each.link(), part, each.length()));
        }
        hear(packets);

        assertEquals(List.of("0 01234", "0 hole 5", "0 abc", "CLOSED"), heard);
    }

    @Test
    void aBrokenAndARefusedConnectionAreToldApart() {
        hear(new Talk().open().client(bytes("ping")).add(1, Talk.RST, new byte[0]));
        assertEquals(List.of("0 ping", "RESET"), heard);

        heard.clear();
        hear(new Talk().add(0, Talk.SYN, new byte[0]).add(1, Talk.RST | Talk.ACK, new byte[0]));
        assertEquals(List.of("REFUSED"), heard);
    }

    @Test
    void theSamePortsMayServeAnotherConnection() {
        List<Packet> packets =
                new ArrayList<>(new Talk().open().client(bytes("one")).packets());
        packets.addAll(new Talk(40000, 5432, 5000, 9000)
                .open()
                .client(bytes("two"))
                .close()
                .packets());
        packets.addAll(
                new Talk(40000, 5432, 800, 900).open().client(bytes("three")).packets());
        hear(packets);

        assertEquals(List.of("0 one", "REPLACED", "0 two", "CLOSED", "0 three", "CAPTURE_ENDS"), heard);
    }

    @Test
    void aHoleIsGivenUpWhenTooMuchWaitsBehindIt() {
        Talk talk = new Talk().most(60_000).open().client(bytes("ping")).lose(1, 1);
        for (int i = 0; i < 200; i++) {
            talk.server(new byte[60_000]);
        }
        connections.clear();
        SegmentReader reader = new SegmentReader(heard::add);
        Connections all = new Connections(this::listener);
        talk.packets().forEach(packet -> all.add(reader.read(packet)));

        assertEquals(List.of("0 ping", "1 hole 1"), heard.subList(0, 2), "before the end of the capture");
    }

    @Test
    void oneSegmentWithAnAbsurdNumberIsNotBelievedButTwoAre() {
        List<Packet> packets =
                new ArrayList<>(new Talk().open().client(bytes("one")).packets());
        packets.addAll(new Talk(40000, 5432, 1 << 30, -99).client(bytes("XXX")).packets());
        packets.addAll(new Talk(40000, 5432, -16, -99).client(bytes("two")).packets());
        packets.addAll(new Talk(40000, 5432, 1 << 29, -99)
                .client(bytes("YYY"))
                .client(bytes("three"))
                .packets());
        hear(packets);

        assertEquals(List.of("0 one", "0 two", "0 hole -1", "0 three", "CAPTURE_ENDS"), heard);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private String joined(int end) {
        StringBuilder joined = new StringBuilder(end + " ");
        heard.stream().filter(line -> line.startsWith(end + " ")).forEach(line -> joined.append(line.substring(2)));
        return joined.toString();
    }

    private void hear(Talk talk) {
        hear(talk.packets());
    }

    private void hear(List<Packet> packets) {
        SegmentReader reader = new SegmentReader(heard::add);
        Connections all = new Connections(this::listener);
        for (Packet packet : packets) {
            Segment segment = reader.read(packet);
            if (segment != null) {
                all.add(segment);
            }
        }
        all.end();
    }

    private StreamListener listener(TcpConnection connection) {
        connections.add(connection);
        return new StreamListener() {
            @Override
            public void data(int end, long time, byte[] bytes, int from, int count) {
                heard.add(end + " " + new String(bytes, from, count, ISO_8859_1));
            }

            @Override
            public void hole(int end, long time, long count) {
                heard.add(end + " hole " + count);
            }

            @Override
            public void ended(long time, StreamEnd how) {
                heard.add(how.toString());
            }
        };
    }
}
