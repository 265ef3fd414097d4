package dev.pgwire.laboratory.capture.stream;

import dev.pgwire.laboratory.capture.file.Packet;
import dev.pgwire.laboratory.capture.network.PacketBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A connection of TCP between a client and a server, packet by packet, for tests. */
public final class Talk {
    public static final int FIN = 1;
    public static final int SYN = 2;
    public static final int RST = 4;
    public static final int ACK = 16;

    private static final long STEP = 1_000_000;

    private final List<Packet> packets = new ArrayList<>();
    private final int clientPort;
    private final int serverPort;
    private final int[] next;
    private int most = 1448;
    private long time = 1_700_000_000_000_000_000L;

    public Talk(int clientPort, int serverPort, int clientSequence, int serverSequence) {
        this.clientPort = clientPort;
        this.serverPort = serverPort;
        this.next = new int[] {clientSequence, serverSequence};
    }

    /** From port 40000 to 5432; both sequences wrap soon. */
    public Talk() {
        this(40000, 5432, -20, -100);
    }

    /** How many bytes a segment has at most. */
    public Talk most(int bytes) {
        most = bytes;
        return this;
    }

    public Talk open() {
        add(0, SYN, new byte[0]);
        add(1, SYN | ACK, new byte[0]);
        return add(0, ACK, new byte[0]);
    }

    public Talk client(byte[] data) {
        return send(0, data);
    }

    public Talk server(byte[] data) {
        return send(1, data);
    }

    private Talk send(int end, byte[] data) {
        for (int at = 0; at < data.length; at += most) {
            add(end, ACK, Arrays.copyOfRange(data, at, Math.min(data.length, at + most)));
        }
        return this;
    }

    public Talk close() {
        add(0, FIN | ACK, new byte[0]);
        add(1, FIN | ACK, new byte[0]);
        return add(0, ACK, new byte[0]);
    }

    /** Sends one segment: the client's for 0, the server's for 1. */
    public Talk add(int end, int flags, byte[] data) {
        boolean forth = end == 0;
        byte[] tcp = PacketBytes.tcp(
                forth ? clientPort : serverPort,
                forth ? serverPort : clientPort,
                next[end],
                (flags & ACK) == 0 ? 0 : next[1 - end],
                flags,
                data);
        next[end] += data.length + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
        byte[] bytes = PacketBytes.link(PacketBytes.ETHERNET, PacketBytes.ipv4(forth, packets.size(), 0, tcp));
        packets.add(new Packet(time, PacketBytes.ETHERNET, bytes, bytes.length));
        return later(STEP);
    }

    /** Sends bytes that are not captured. */
    public Talk lose(int end, int count) {
        next[end] += count;
        return this;
    }

    public Talk later(long nanoseconds) {
        time += nanoseconds;
        return this;
    }

    public List<Packet> packets() {
        return packets;
    }
}
