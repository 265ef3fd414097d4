package dev.pgwire.laboratory.capture.network;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes the headers of packets, for tests. */
public final class PacketBytes {
    public static final int ETHERNET = 1;

    private PacketBytes() {}

    /** A segment of TCP with four bytes of options. */
    public static byte[] tcp(int from, int to, int sequence, int acknowledged, int flags, byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(24 + data.length);
        out.putShort((short) from).putShort((short) to).putInt(sequence).putInt(acknowledged);
        out.put((byte) (6 << 4))
                .put((byte) flags)
                .putShort((short) 512)
                .putInt(0)
                .putInt(0x01010101);
        return out.put(data).array();
    }

    /** A packet of IPv4 from 10.0.0.1 to 10.0.0.2 or back, with four bytes of options. */
    public static byte[] ipv4(boolean forth, int id, int flagsAndOffset, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(24 + payload.length);
        out.put((byte) 0x46)
                .put((byte) 0)
                .putShort((short) (24 + payload.length))
                .putShort((short) id);
        out.putShort((short) flagsAndOffset).put((byte) 64).put((byte) 6).putShort((short) 0);
        out.putInt(0x0A000001 + (forth ? 0 : 1))
                .putInt(0x0A000001 + (forth ? 1 : 0))
                .putInt(0x01010101);
        return out.put(payload).array();
    }

    /** A packet of IPv6 from fd00::1 to fd00::2 or back, with a header of options for each hop. */
    public static byte[] ipv6(boolean forth, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(48 + payload.length);
        out.putInt(6 << 28).putShort((short) (8 + payload.length)).put((byte) 0).put((byte) 64);
        out.putLong(0xFD00L << 48).putLong(forth ? 1 : 2).putLong(0xFD00L << 48).putLong(forth ? 2 : 1);
        out.put((byte) 6).put((byte) 0).put(new byte[] {1, 4, 0, 0, 0, 0});
        return out.put(payload).array();
    }

    /** The parts of a packet of IPv6 with a header for fragments, each of this many bytes, a multiple of 8. */
    static List<byte[]> ipv6Fragments(byte[] payload, int size) {
        List<byte[]> fragments = new ArrayList<>();
        for (int at = 0; at < payload.length; at += size) {
            int count = Math.min(size, payload.length - at);
            ByteBuffer out = ByteBuffer.allocate(48 + count);
            out.putInt(6 << 28).putShort((short) (8 + count)).put((byte) 44).put((byte) 64);
            out.putLong(0xFD00L << 48).putLong(1).putLong(0xFD00L << 48).putLong(2);
            out.put((byte) 6)
                    .put((byte) 0)
                    .putShort((short) (at | (at + count < payload.length ? 1 : 0)))
                    .putInt(77);
            fragments.add(out.put(payload, at, count).array());
        }
        return fragments;
    }

    /** The packet behind the header of its link, with a few bytes behind it where frames have a least length. */
    public static byte[] link(int link, byte[] ip) {
        boolean isIpv6 = ip[0] >>> 4 == 6;
        int type = isIpv6 ? 0x86DD : 0x0800;
        return switch (link) {
            case 0 -> join(ByteBuffer.allocate(4).put((byte) (isIpv6 ? 30 : 2)), ip, 0);
            case 108 -> join(ByteBuffer.allocate(4).putInt(isIpv6 ? 24 : 2), ip, 0);
            case ETHERNET -> join(ByteBuffer.allocate(14).putShort(12, (short) type), ip, 3);
            case 113 -> join(ByteBuffer.allocate(16).putShort(14, (short) type), ip, 0);
            case 276 -> join(ByteBuffer.allocate(20).putShort(0, (short) type), ip, 0);
            default -> ip;
        };
    }

    /** The packet in a frame of Ethernet with tags of two virtual networks. */
    static byte[] tagged(byte[] ip) {
        ByteBuffer header = ByteBuffer.allocate(22).putShort(12, (short) 0x88A8).putShort(16, (short) 0x8100);
        return join(header.putShort(20, (short) 0x0800), ip, 0);
    }

    private static byte[] join(ByteBuffer header, byte[] rest, int padding) {
        ByteBuffer out = ByteBuffer.allocate(header.capacity() + rest.length + padding);
        return out.put(header.array()).put(rest).array();
    }
}
