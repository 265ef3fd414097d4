package dev.pgwire.laboratory.capture.network;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pgwire.laboratory.capture.file.Packet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SegmentReaderTest {
    private static final byte[] DATA = "SELECT 1, and some more".getBytes(US_ASCII);
    private static final byte[] TCP = PacketBytes.tcp(40000, 5432, -2, 7, 0x18, DATA);

    private final List<String> remarks = new ArrayList<>();
    private final SegmentReader reader = new SegmentReader(remarks::add);

    @Test
    void everyLinkIsPassedOver() {
        for (int link : List.of(0, 1, 12, 14, 101, 108, 113, 228, 276)) {
            assertSegment("10.0.0.1:40000", "10.0.0.2:5432", read(link, PacketBytes.ipv4(true, 1, 0, TCP)));
        }
        for (int link : List.of(0, 1, 12, 14, 101, 108, 113, 229, 276)) {
            assertSegment("[fd00::1]:40000", "[fd00::2]:5432", read(link, PacketBytes.ipv6(true, TCP)));
        }
        byte[] tagged = PacketBytes.tagged(PacketBytes.ipv4(true, 1, 0, TCP));
        assertSegment("10.0.0.1:40000", "10.0.0.2:5432", reader.read(new Packet(5, 1, tagged, tagged.length)));
        assertEquals(List.of(), remarks);
    }

    @Test
    void aLinkThatIsNotKnownIsSaidOnce() {
        assertNull(read(105, TCP));
        assertNull(read(105, TCP));
        assertEquals(1, remarks.size());
        assertEquals("packets of the link type 105, expected", remarks.get(0).substring(0, 38));
    }

    @Test
    void fragmentsOfIpv4ArePutTogetherInAnyOrder() {
        assertNull(read(1, PacketBytes.ipv4(true, 9, 3, Arrays.copyOfRange(TCP, 24, TCP.length))));
        assertSegment(
                "10.0.0.1:40000", "10.0.0.2:5432", read(1, PacketBytes.ipv4(true, 9, 0x2000, Arrays.copyOf(TCP, 24))));
        reader.end();
        assertEquals(List.of(), remarks);
    }

    @Test
    void fragmentsOfIpv6ArePutTogether() {
        List<byte[]> fragments = PacketBytes.ipv6Fragments(TCP, 16);
        assertEquals(3, fragments.size());
        assertNull(read(101, fragments.get(2)));
        assertNull(read(101, fragments.get(0)));
        assertNull(read(101, fragments.get(0)));
        assertSegment("[fd00::1]:40000", "[fd00::2]:5432", read(101, fragments.get(1)));
    }

    @Test
    void aFragmentThatNeverComesIsSaid() {
        assertNull(read(1, PacketBytes.ipv4(true, 9, 0x2000, Arrays.copyOf(TCP, 24))));
        reader.end();
        assertEquals(
                List.of("a packet from 10.0.0.1 to 10.0.0.2 was sent in fragments, not all of which were captured"),
                remarks);
    }

    @Test
    void whatWasNotCapturedOfAPacketIsCounted() {
        byte[] whole = PacketBytes.link(1, PacketBytes.ipv4(true, 1, 0, TCP));
        Segment segment = reader.read(new Packet(5, 1, Arrays.copyOf(whole, 14 + 24 + 24 + 6), whole.length));

        assertNotNull(segment);
        assertEquals(6, segment.captured());
        assertEquals(DATA.length, segment.size());
    }

    @Test
    void headersThatWereNotCapturedAreSaid() {
        byte[] whole = PacketBytes.link(1, PacketBytes.ipv4(true, 1, 0, TCP));
        for (int cut = 0; cut < 14 + 24 + 20; cut++) {
            assertNull(reader.read(new Packet(5, 1, Arrays.copyOf(whole, cut), whole.length)), "at " + cut);
        }
        reader.end();
        assertEquals(List.of("44 packets whose headers are damaged or not all captured"), remarks);
    }

    @Test
    void addressesArePrintedAsUsual() {
        assertEquals("[::1]:5432", new Endpoint(0, 1, true, 5432).toString());
        assertEquals("[::]:1", new Endpoint(0, 0, true, 1).toString());
        assertEquals(
                "[2001:db8:0:1:1:1:1:1]:1", new Endpoint(0x20010db800000001L, 0x0001000100010001L, true, 1).toString());
        assertEquals(
                "[2001:db8::1:0:0:1]:1", new Endpoint(0x20010db800000000L, 0x0001000000000001L, true, 1).toString());
        assertEquals("127.0.0.1:80", new Endpoint(0, 0x7F000001, false, 80).toString());
    }

    private @Nullable Segment read(int link, byte[] ip) {
        byte[] bytes = PacketBytes.link(link, ip);
        return reader.read(new Packet(5, link, bytes, bytes.length));
    }

    private static void assertSegment(String source, String target, @Nullable Segment segment) {
        assertNotNull(segment);
        assertEquals(source, segment.source().toString());
        assertEquals(target, segment.target().toString());
        assertEquals(-2, segment.sequence());
        assertEquals(7, segment.acknowledged());
        assertEquals(DATA.length, segment.size());
        assertEquals(
                new String(DATA, US_ASCII), new String(segment.bytes(), segment.from(), segment.captured(), US_ASCII));
    }
}
