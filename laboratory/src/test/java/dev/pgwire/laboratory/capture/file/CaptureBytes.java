package dev.pgwire.laboratory.capture.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes captures, for tests. */
public final class CaptureBytes {
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    private CaptureBytes(ByteOrder order) {
        this.order = order;
    }

    /** A file of pcap, whose times are of microseconds or nanoseconds. All packets have the link of the first. */
    public static byte[] pcap(ByteOrder order, boolean nanoseconds, List<Packet> packets) {
        CaptureBytes file = new CaptureBytes(order);
        file.int32(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4)
                .int16(2)
                .int16(4)
                .int32(0)
                .int32(0)
                .int32(262144);
        file.int32(packets.isEmpty() ? 1 : packets.get(0).link());
        for (Packet packet : packets) {
            file.int32((int) (packet.time() / SECOND));
            file.int32((int) (packet.time() % SECOND) / (nanoseconds ? 1 : 1000));
            file.int32(packet.bytes().length).int32(packet.length()).bytes(packet.bytes());
        }
        return file.out.toByteArray();
    }

    /** A file as tcpdump writes it on most machines. */
    public static byte[] pcap(List<Packet> packets) {
        return pcap(ByteOrder.LITTLE_ENDIAN, true, packets);
    }

    /** A section of pcapng with one interface, whose times have this if_tsresol. */
    public static byte[] pcapng(ByteOrder order, int resolution, List<Packet> packets) {
        CaptureBytes file = new CaptureBytes(order);
        file.section();
        file.describe(packets.isEmpty() ? 1 : packets.get(0).link(), resolution);
        for (Packet packet : packets) {
            file.enhanced(packet, resolution);
        }
        return file.out.toByteArray();
    }

    static CaptureBytes pcapng(ByteOrder order) {
        return new CaptureBytes(order).section();
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    CaptureBytes section() {
        return block(
                0x0a0d0d0a,
                new CaptureBytes(order)
                        .int32(0x1a2b3c4d)
                        .int16(1)
                        .int16(0)
                        .int32(-1)
                        .int32(-1));
    }

    CaptureBytes describe(int link, int resolution) {
        CaptureBytes body = new CaptureBytes(order).int16(link).int16(0).int32(0);
        body.int16(2).int16(3).bytes(new byte[] {'l', 'o', 0}).bytes(new byte[1]);
        body.int16(9).int16(1).bytes(new byte[] {(byte) resolution, 0, 0, 0});
        body.int16(14).int16(8).int64(100);
        return block(1, body.int16(0).int16(0));
    }

    CaptureBytes enhanced(Packet packet, int resolution) {
        long units = CaptureBytes.units(packet.time() - 100 * SECOND, resolution);
        CaptureBytes body = new CaptureBytes(order)
                .int32(0)
                .int32((int) (units >>> 32))
                .int32((int) units)
                .int32(packet.bytes().length)
                .int32(packet.length())
                .padded(packet.bytes());
        return block(
                6,
                body.int16(1)
                        .int16(2)
                        .bytes(new byte[] {'h', 'i', 0, 0})
                        .int16(0)
                        .int16(0));
    }

    /** As microseconds. */
    CaptureBytes old(Packet packet) {
        long units = CaptureBytes.units(packet.time(), 6);
        return block(
                2,
                new CaptureBytes(order)
                        .int16(0)
                        .int16(3)
                        .int32((int) (units >>> 32))
                        .int32((int) units)
                        .int32(packet.bytes().length)
                        .int32(packet.length())
                        .padded(packet.bytes()));
    }

    CaptureBytes simple(Packet packet) {
        return block(3, new CaptureBytes(order).int32(packet.length()).padded(packet.bytes()));
    }

    CaptureBytes block(int type, byte[] body) {
        return block(type, new CaptureBytes(order).padded(body));
    }

    private CaptureBytes block(int type, CaptureBytes body) {
        int length = body.out.size() + 12;
        return int32(type).int32(length).bytes(body.out.toByteArray()).int32(length);
    }

    private static long units(long nanoseconds, int resolution) {
        if ((resolution & 0x80) != 0) {
            long fraction = nanoseconds % SECOND;
            int power = resolution & 0x7F;
            return (nanoseconds / SECOND << power) + Math.round(fraction * Math.pow(2, power) / SECOND);
        }
        long units = nanoseconds;
        for (int power = resolution; power < 9; power++) {
            units /= 10;
        }
        return units;
    }

    CaptureBytes int16(int value) {
        return bytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    CaptureBytes int32(int value) {
        return bytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }

    CaptureBytes int64(long value) {
        return bytes(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    CaptureBytes bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    private CaptureBytes padded(byte[] bytes) {
        return bytes(bytes).bytes(new byte[(4 - bytes.length % 4) % 4]);
    }
}
