package dev.pgwire.laboratory.capture;

import dev.pgwire.laboratory.capture.file.CaptureFile;
import dev.pgwire.laboratory.capture.file.NoCaptureException;
import dev.pgwire.laboratory.capture.file.Packet;
import dev.pgwire.laboratory.capture.file.PacketSource;
import dev.pgwire.laboratory.capture.network.Segment;
import dev.pgwire.laboratory.capture.network.SegmentReader;
import dev.pgwire.laboratory.capture.stream.Connections;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads the conversations with PostgreSQL in a capture of the network: a file of pcap or pcapng, as {@code tcpdump -w}, {@code dumpcap}
 * and Wireshark write it, also compressed by gzip.
 *
 * <pre>{@code
 * new Sniffer().read(Path.of("session.pcap"), event -> {
 *     if (event instanceof CapturedMessage message) {
 *         System.out.println(message.time() + " " + message.side() + " " + message.name());
 *     }
 * });
 * }</pre>
 *
 * <p>Packets may be repeated, overlap, be out of order or be missing, and a capture may begin or end anywhere: what can be read is read,
 * and of the rest a {@link CaptureRemark} says what it is. What is encrypted is said to be so. The capture is read as a stream, and
 * memory is bounded: by 64 MiB of packets that wait for others, and 16 MiB of a message for each connection.
 *
 * <p>A server is known by its port, 5432 and those of {@link #port}, or by the first message of a client. Each method that narrows what
 * is told gives another sniffer, so one may be shared by threads.
 */
public final class Sniffer {
    private final Selection selection;

    /** Tells everything. */
    public Sniffer() {
        this(Selection.ALL);
    }

    private Sniffer(Selection selection) {
        this.selection = selection;
    }

    /**
     * Knows servers by this port too.
     *
     * @param port 1 to 65535
     * @throws IllegalArgumentException if it is none
     */
    public Sniffer port(int port) {
        return new Sniffer(selection.port(port));
    }

    /**
     * Tells only of this connection, and of others that were named so before.
     *
     * @param which its {@link CapturedConnection#number}, the port of its client, or an address of one of its ends, with the port or
     *     without it, as it is printed
     * @throws IllegalArgumentException if it is blank
     */
    public Sniffer connection(String which) {
        return new Sniffer(selection.connection(which));
    }

    /**
     * Tells only of messages with this name, and of others that were named so before. Phases, statements and remarks are told all the
     * same.
     *
     * @param name as in {@link CapturedMessage#name}, in upper or lower case, or how several begin: {@code Authentication}
     * @throws IllegalArgumentException if no message has it
     */
    public Sniffer message(String name) {
        return new Sniffer(selection.message(name));
    }

    /**
     * Tells only of the messages and runs of statements that contain this.
     *
     * @param part a part of the SQL, in upper or lower case; of a long statement the first 10,000 characters are looked through
     */
    public Sniffer sql(String part) {
        return new Sniffer(selection.sql(part));
    }

    /**
     * Reads a file.
     *
     * @param told what is told of, on the thread that calls; what it throws ends the reading
     * @throws NoCaptureException if it is no capture
     * @throws IOException if it cannot be read
     */
    public void read(Path file, Consumer<? super CaptureEvent> told) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            read(in, told);
        }
    }

    /**
     * Reads a capture to its end, and tells as it reads: it may be one that is still being made. The stream is not closed.
     *
     * @param told what is told of, on the thread that calls; what it throws ends the reading
     * @throws NoCaptureException if it is no capture
     * @throws IOException if it cannot be read
     */
    public void read(InputStream in, Consumer<? super CaptureEvent> told) throws IOException {
        Sniffing sniffing = new Sniffing(selection, told::accept);
        PacketSource packets = CaptureFile.open(in, sniffing::remark);
        SegmentReader segments = new SegmentReader(sniffing::remark);
        Connections connections = new Connections(tcp -> new ConversationReader(tcp, sniffing));
        for (Packet packet = packets.next(); packet != null; packet = packets.next()) {
            Segment segment = segments.read(packet);
            if (segment != null) {
                connections.add(segment);
            }
        }
        connections.end();
        segments.end();
        sniffing.end();
    }
}
