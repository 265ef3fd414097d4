package dev.pgwire.laboratory.capture;

import dev.pgwire.protocol.dialogue.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the next message in bytes that begin anywhere. Most segments begin with a message, so one that is well formed is believed
 * there; elsewhere it takes several in a row.
 */
final class Seeker {
    private static final int WINDOW = 64 * 1024;
    private static final int IN_A_ROW = 3;
    /** How many of the bytes before a segment are looked at again when it comes. */
    private static final int BEFORE = 1024;

    private final Side side;
    private final List<Integer> beginnings = new ArrayList<>();
    private byte[] bytes = new byte[0];
    private int added;
    private long passed;

    Seeker(Side side) {
        this.side = side;
    }

    /** How many bytes were passed over. */
    long passed() {
        return passed;
    }

    /** All that it was given and that did not turn out to be anything. */
    long all() {
        return passed + bytes.length;
    }

    /** Takes the bytes of a segment. */
    void add(byte[] more, int from, int count) {
        beginnings.add(bytes.length);
        append(more, from, count);
    }

    /** Takes bytes that begin within a segment. */
    void append(byte[] more, int from, int count) {
        int before = bytes.length;
        added = count;
        bytes = Arrays.copyOf(bytes, before + count);
        System.arraycopy(more, from, bytes, before, count);
    }

    /** What it has belongs together no longer: bytes are missing behind it. */
    void interrupt() {
        drop(bytes.length);
    }

    /** Looks for a message; the bytes from there on, null if there is none. */
    byte @Nullable [] find(boolean isEnd) {
        for (int i = 0; i < beginnings.size(); i++) {
            int at = beginnings.get(i);
            int messages = Plausible.messages(side, bytes, at, bytes.length);
            if (messages > 0) {
                return from(at);
            }
            if (messages < 0) {
                beginnings.remove(i--);
            }
        }
        boolean isFull = bytes.length >= WINDOW;
        int first = isFull || isEnd ? 0 : Math.max(0, bytes.length - added - BEFORE);
        for (int at = first; at < bytes.length; at++) {
            if (Plausible.messages(side, bytes, at, bytes.length) >= IN_A_ROW) {
                return from(at);
            }
        }
        if (isFull) {
            drop(bytes.length - WINDOW / 2);
        }
        return null;
    }

    private byte[] from(int at) {
        passed += at;
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    private void drop(int count) {
        passed += count;
        bytes = Arrays.copyOfRange(bytes, count, bytes.length);
        List<Integer> kept = new ArrayList<>();
        for (int at : beginnings) {
            if (at >= count && at < bytes.length + count) {
                kept.add(at - count);
            }
        }
        beginnings.clear();
        beginnings.addAll(kept);
    }
}
