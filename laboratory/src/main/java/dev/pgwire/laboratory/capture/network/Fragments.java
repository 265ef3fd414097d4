package dev.pgwire.laboratory.capture.network;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts packets together that were cut on their way. What waits for its other parts is bounded. */
final class Fragments {
    private static final int MOST_WAITING = 256;
    private static final int MOST_BYTES = 0xFFFF;

    private final Consumer<String> remarks;
    private final Map<Key, Parts> waiting = new LinkedHashMap<>();

    Fragments(Consumer<String> remarks) {
        this.remarks = remarks;
    }

    private record Key(IpAddress source, IpAddress target, int id) {}

    private static final class Parts {
        private final TreeMap<Integer, IpPayload> byOffset = new TreeMap<>();
        private int size = -1;

        /** How many bytes are there without a gap. */
        private int reach() {
            int reach = 0;
            for (Map.Entry<Integer, IpPayload> part : byOffset.entrySet()) {
                if (part.getKey() > reach) {
                    break;
                }
                reach = Math.max(reach, part.getKey() + part.getValue().captured());
            }
            return reach;
        }
    }

    /** The whole packet, when this part was the last one that it lacked. */
    @Nullable
    IpPayload add(IpPayload part, IpPayload.Fragment fragment) {
        if (fragment.offset() + part.size() > MOST_BYTES) {
            return null;
        }
        Key key = new Key(part.source(), part.target(), fragment.id());
        Parts parts = waiting.computeIfAbsent(key, absent -> new Parts());
        parts.byOffset.putIfAbsent(fragment.offset(), part);
        if (fragment.isLast()) {
            parts.size = fragment.offset() + part.size();
        }
        if (parts.size < 0 || parts.reach() < parts.size) {
            if (waiting.size() > MOST_WAITING) {
                giveUp();
            }
            return null;
        }
        waiting.remove(key);
        return whole(part, parts);
    }

    private static @Nullable IpPayload whole(IpPayload last, Parts parts) {
        byte[] bytes = new byte[parts.size];
        for (Map.Entry<Integer, IpPayload> each : parts.byOffset.entrySet()) {
            IpPayload part = each.getValue();
            int count = Math.min(part.captured(), parts.size - each.getKey());
            if (count > 0) {
                System.arraycopy(part.bytes(), part.from(), bytes, each.getKey(), count);
            }
        }
        IpPayload first = parts.byOffset.get(0);
        return first == null
                ? null
                : new IpPayload(
                        last.time(),
                        first.source(),
                        first.target(),
                        first.protocol(),
                        null,
                        bytes,
                        0,
                        bytes.length,
                        bytes.length);
    }

    private void giveUp() {
        Iterator<Key> eldest = waiting.keySet().iterator();
        Key key = eldest.next();
        eldest.remove();
        tell(key);
    }

    /** Says of each packet that is not whole yet that it never was. */
    void end() {
        waiting.keySet().forEach(this::tell);
        waiting.clear();
    }

    private void tell(Key key) {
        remarks.accept("a packet from " + key.source() + " to " + key.target()
                + " was sent in fragments, not all of which were captured");
    }
}
