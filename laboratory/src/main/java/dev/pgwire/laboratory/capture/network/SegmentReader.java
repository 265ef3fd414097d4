package dev.pgwire.laboratory.capture.network;

import dev.pgwire.laboratory.capture.file.Packet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the segment of TCP in each packet that has one. */
public final class SegmentReader {
    private final Consumer<String> remarks;
    private final Fragments fragments;
    private final Set<Integer> unknownLinks = new HashSet<>();
    private long withoutHeaders;

    public SegmentReader(Consumer<String> remarks) {
        this.remarks = remarks;
        this.fragments = new Fragments(remarks);
    }

    /** The segment that a packet carries or completes; null if it has none, or none that can be read. */
    public @Nullable Segment read(Packet packet) {
        int at = LinkLayer.ipAt(packet.link(), packet.bytes());
        if (at == LinkLayer.UNKNOWN) {
            if (unknownLinks.add(packet.link())) {
                remarks.accept(
                        "packets of the link type " + packet.link()
                                + ", expected Ethernet (1), a loopback (0, 108), raw IP (101, 228, 229) or Linux' cooked ones (113, 276)");
            }
            return null;
        }
        if (at == LinkLayer.NO_IP) {
            return null;
        }
        IpPayload payload = IpPayload.read(packet.time(), packet.bytes(), at, packet.length());
        if (payload == null) {
            withoutHeaders++;
            return null;
        }
        IpPayload.Fragment fragment = payload.fragment();
        IpPayload whole = fragment == null ? payload : fragments.add(payload, fragment);
        if (whole == null || whole.protocol() != IpPayload.TCP) {
            return null;
        }
        Segment segment = Segment.read(whole);
        if (segment == null) {
            withoutHeaders++;
        }
        return segment;
    }

    /** Says what could not be read. */
    public void end() {
        fragments.end();
        if (withoutHeaders > 0) {
            remarks.accept(
                    withoutHeaders == 1
                            ? "1 packet whose headers are damaged or not all captured"
                            : withoutHeaders + " packets whose headers are damaged or not all captured");
        }
    }
}
