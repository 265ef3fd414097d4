package dev.pgwire.laboratory.capture.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testing.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CaptureFileTest {
    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    private static final long TIME = 1_700_000_000_123_456_789L;

    private final List<String> remarks = new ArrayList<>();

    @Test
    void pcapIsReadInBothByteOrdersAndResolutions() throws IOException {
        for (ByteOrder order : ORDERS) {
            assertPackets(packets(5), CaptureBytes.pcap(order, true, packets(5)), 1);
            assertPackets(packets(5), CaptureBytes.pcap(order, false, packets(5)), 1000);
        }
        assertEquals(List.of(), remarks);
    }

    @Test
    void pcapngIsReadInBothByteOrdersAndEveryResolution() throws IOException {
        for (ByteOrder order : ORDERS) {
            assertPackets(packets(5), CaptureBytes.pcapng(order, 9, packets(5)), 1);
            assertPackets(packets(5), CaptureBytes.pcapng(order, 6, packets(5)), 1000);
            assertPackets(packets(5), CaptureBytes.pcapng(order, 3, packets(5)), 1_000_000);
            assertPackets(packets(5), CaptureBytes.pcapng(order, 0x80 | 20, packets(5)), 2000);
        }
        assertEquals(List.of(), remarks);
    }

    @Test
    void everyKindOfPacketBlockIsReadAndOtherBlocksArePassedOver() throws IOException {
        Packet packet = packets(1).get(0);
        CaptureBytes file = CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN)
                .describe(1, 9)
                .block(4, new byte[40])
                .enhanced(packet, 9)
                .simple(packet)
                .block(0x7654321, new byte[9])
                .section();
        byte[] section = CaptureBytes.pcapng(ByteOrder.BIG_ENDIAN)
                .describe(1, 6)
                .old(packet)
                .toByteArray();

        List<Packet> read = read(file.bytes(section).toByteArray());

        assertEquals(3, read.size());
        read.forEach(each -> assertArrayEquals(packet.bytes(), each.bytes()));
        assertEquals(packet.time(), read.get(1).time(), "a simple block has no time");
        assertEquals(packet.time() / 1000 + 100_000_000, read.get(2).time() / 1000);
        assertEquals(List.of(), remarks);
    }

    @Test
    void aPacketThatWasCapturedInPartTellsItsWholeLength() throws IOException {
        Packet part = new Packet(TIME, 1, new byte[96], 1500);
        for (byte[] file : List.of(
                CaptureBytes.pcap(List.of(part)), CaptureBytes.pcapng(ByteOrder.BIG_ENDIAN, 9, List.of(part)))) {
            Packet read = read(file).get(0);
            assertEquals(96, read.bytes().length);
            assertEquals(1500, read.length());
        }
    }

    @Test
    void aCompressedCaptureIsRead() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(CaptureBytes.pcap(packets(3)));
        }
        assertPackets(packets(3), compressed.toByteArray(), 1);
    }

    @Test
    void whatIsNoCaptureIsRefusedWithWhatWasExpected() {
        String message = assertThrows(NoCaptureException.class, () -> read("GIF89a".getBytes()))
                .getMessage();
        assertEquals(
                "the first bytes 47494638, expected a capture: a file of pcap or pcapng, as tcpdump -w and dumpcap write it",
                message);
        assertThrows(NoCaptureException.class, () -> read(new byte[0]));
    }

    @Test
    void aFileThatIsCutAnywhereGivesWhatIsWholeAndAWord() throws IOException {
        List<Packet> packets = packets(4);
        for (byte[] file :
                List.of(CaptureBytes.pcap(packets), CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN, 9, packets))) {
            List<Integer> ends = new ArrayList<>();
            for (int cut = 4; cut < file.length; cut++) {
                remarks.clear();
                List<Packet> read = read(Arrays.copyOf(file, cut));
                for (int i = 0; i < read.size(); i++) {
                    assertArrayEquals(packets.get(i).bytes(), read.get(i).bytes());
                }
                if (remarks.isEmpty()) {
                    ends.add(cut);
                } else {
                    assertTrue(remarks.get(0).contains("ends in the middle of"), remarks.get(0));
                    assertTrue(remarks.get(0).endsWith("at byte " + cut), remarks.get(0));
                }
            }
            // Between the header and each packet, or between the section, the interface and each packet.
            assertTrue(ends.size() == 4 || ends.size() == 5, ends.toString());
        }
    }

    @Test
    void garbageBetweenPacketsCostsThoseItHitsAndIsSaid() throws IOException {
        List<Packet> packets = packets(20);
        for (byte[] file :
                List.of(CaptureBytes.pcap(packets), CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN, 9, packets))) {
            Arrays.fill(file, 200, 400, (byte) 0xFF);

            remarks.clear();
            List<Packet> read = read(file);

            assertTrue(read.size() >= 14, read.size() + " of 20");
            assertArrayEquals(packets.get(19).bytes(), read.get(read.size() - 1).bytes());
            assertTrue(remarks.get(0).contains(": passed over "), remarks.toString());
        }
    }

    @Test
    void flippedBitsAreNeverAnException() throws IOException {
        Seed seed = Seed.take();
        Random random = seed.random();
        List<Packet> packets = packets(12);
        List<byte[]> files = List.of(CaptureBytes.pcap(packets), CaptureBytes.pcapng(ByteOrder.BIG_ENDIAN, 6, packets));
        int all = 0;
        for (int draw = 0; draw < Seed.draws(2000); draw++) {
            byte[] file = files.get(draw % 2).clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                file[4 + random.nextInt(file.length - 4)] ^= (byte) (1 << random.nextInt(8));
            }
            all += read(file).size();
        }
        assertTrue(all > Seed.draws(2000) * 8, all + " packets, " + seed);
    }

    private List<Packet> read(byte[] file) throws IOException {
        PacketSource source = CaptureFile.open(new ByteArrayInputStream(file), remarks::add);
        List<Packet> packets = new ArrayList<>();
        for (Packet packet = source.next(); packet != null; packet = source.next()) {
            packets.add(packet);
        }
        return packets;
    }

    private void assertPackets(List<Packet> expected, byte[] file, long exact) throws IOException {
        List<Packet> read = read(file);
        assertEquals(expected.size(), read.size(), remarks.toString());
        for (int i = 0; i < read.size(); i++) {
            assertArrayEquals(expected.get(i).bytes(), read.get(i).bytes());
            assertEquals(expected.get(i).length(), read.get(i).length());
            assertEquals(expected.get(i).link(), read.get(i).link());
            long off = Math.abs(expected.get(i).time() - read.get(i).time());
            assertTrue(off < exact, "off by " + off + " ns");
        }
    }

    private static List<Packet> packets(int count) {
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[20 + i];
            Arrays.fill(bytes, (byte) i);
            packets.add(new Packet(TIME + i * 1_000_001L, 1, bytes, bytes.length));
        }
        return packets;
    }
}
