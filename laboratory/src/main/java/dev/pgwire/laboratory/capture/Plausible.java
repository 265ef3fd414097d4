package dev.pgwire.laboratory.capture;

import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.FrontendDecoder;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Whether bytes can be what they would have to be. */
final class Plausible {
    /** The least bytes that tell a message that opens a connection. */
    static final int OPENING = 8;

    private static final int LONGEST_OPENING = 10_000;
    /** What a server believes of messages that are never long, and more than what a client does. */
    private static final int LONGEST_SHORT = 30_000;

    private static final String LONG_OF_SERVER = "TDdVENAtR";
    private static final String LONG_OF_CLIENT = "PBQFdp";
    /** More messages in a row than these prove nothing more. */
    private static final int ENOUGH = 20;

    private static final int TLS_LEAST_TYPE = 20;
    private static final int TLS_GREATEST_TYPE = 23;
    private static final int TLS_LONGEST = 18_432;

    private Plausible() {}

    /** Whether a message of a side can have this tag and this length, which counts itself and the body. */
    static boolean isHead(Side side, int tag, int length) {
        if (length < Wire.LENGTH || length > Wire.LENGTH + Wire.MAX_BODY || !MessageName.isTagOf(side, tag)) {
            return false;
        }
        return length <= LONGEST_SHORT || (side == Side.BACKEND ? LONG_OF_SERVER : LONG_OF_CLIENT).indexOf(tag) >= 0;
    }

    /** Whether these are the first bytes of a message that opens a connection. */
    static boolean isOpening(byte[] bytes, int from, int to) {
        if (to - from < OPENING) {
            return false;
        }
        ByteBuf head = Unpooled.wrappedBuffer(bytes, from, OPENING);
        int length = head.getInt(0);
        int code = head.getInt(Integer.BYTES);
        if (Opening.Encryption.isAskedBy(code)) {
            return length == OPENING;
        }
        return length > OPENING
                && length <= LONGEST_OPENING
                && (code == Opening.Cancel.CODE || ProtocolVersion.of(code).major() == 3);
    }

    /** Whether these are the first bytes of a record of TLS. */
    static boolean isTls(byte[] bytes, int from, int to) {
        return to - from >= 5
                && bytes[from] >= TLS_LEAST_TYPE
                && bytes[from] <= TLS_GREATEST_TYPE
                && bytes[from + 1] == 3
                && bytes[from + 2] >= 0
                && bytes[from + 2] <= 4
                && Unpooled.wrappedBuffer(bytes, from + 3, 2).getUnsignedShort(0) <= TLS_LONGEST;
    }

    /** The number of whole messages that stand here one behind the other; -1 if other bytes stand among them. */
    static int messages(Side side, byte[] bytes, int from, int to) {
        int at = from;
        int count = 0;
        while (at < to && count < ENOUGH) {
            int size = message(side, bytes, at, to);
            if (size < 0) {
                return -1;
            }
            if (size == 0) {
                return count;
            }
            at += size;
            count++;
        }
        return count;
    }

    /** Whether bytes are whole messages from the first to the last. */
    static boolean isFilled(Side side, byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int size = message(side, bytes, at, to);
            if (size <= 0) {
                return false;
            }
            at += size;
        }
        return to > from;
    }

    /** How long the message is that begins here; 0 if it is not all there, -1 if none can begin here. */
    private static int message(Side side, byte[] bytes, int at, int to) {
        if (!MessageName.isTagOf(side, bytes[at])) {
            return -1;
        }
        if (to - at < Wire.HEADER) {
            return 0;
        }
        int length = Unpooled.wrappedBuffer(bytes, at + 1, Integer.BYTES).getInt(0);
        if (!isHead(side, bytes[at], length)) {
            return -1;
        }
        if (to - at - 1 < length) {
            return 0;
        }
        ByteBuf body = Unpooled.wrappedBuffer(bytes, at + Wire.HEADER, length - Wire.LENGTH);
        return isMessage(side, bytes[at], body) ? 1 + length : -1;
    }

    private static boolean isMessage(Side side, byte tag, ByteBuf body) {
        try {
            if (side == Side.BACKEND) {
                BackendDecoder.decode(tag, body);
            } else if (tag != 'p') {
                FrontendDecoder.decode(tag, body, PasswordKind.PASSWORD);
            }
            return true;
        } catch (ProtocolViolation e) {
            return false;
        }
    }
}
