package dev.pgwire.protocol.dialogue;

import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.CopyBothResponse;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordKind;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One conversation, read by a third: what both sides send goes in as bytes, in any pieces, and comes out as messages. It knows what
 * the bytes alone do not say: whether a message has a tag yet, what a message with the tag {@code p} is, that an answer to an
 * SSLRequest is one byte, and where encryption begins.
 *
 * <pre>{@code
 * Dialogue dialogue = new Dialogue();
 * dialogue.add(Side.FRONTEND, bytes);
 * for (Frame frame = dialogue.next(Side.FRONTEND); frame != null; frame = dialogue.next(Side.FRONTEND)) {
 *     System.out.println(frame.message());
 * }
 * }</pre>
 *
 * <p>Bytes are to be given in the order in which they were on their way, as far as that is known. For one thread at a time.
 */
public final class Dialogue {
    /** The first byte of TLS' own messages, by which a client begins that has not asked before (sslnegotiation=direct). */
    private static final int TLS_HANDSHAKE = 0x16;

    private static final byte COPY_DONE = 'c';
    private static final byte TERMINATE = 'X';

    private final FrameCutter frontend = new FrameCutter(Side.FRONTEND);
    private final FrameCutter backend = new FrameCutter(Side.BACKEND);
    private Phase phase;
    private PasswordKind expected = PasswordKind.PASSWORD;
    private @Nullable ProtocolVersion version;
    private @Nullable TransactionStatus status;

    /** A conversation from its first byte on. */
    public Dialogue() {
        this(Phase.OPENING);
    }

    private Dialogue(Phase phase) {
        this.phase = phase;
    }

    /** A session that has begun before, read from the beginning of a message of each side. */
    public static Dialogue inSession() {
        return new Dialogue(Phase.SESSION);
    }

    /** How far it has come, by the frames that were taken. */
    public Phase phase() {
        return phase;
    }

    /** The version that the client asked for, or that the server can at most; null before a StartupMessage. */
    public @Nullable ProtocolVersion version() {
        return version;
    }

    /** What the last ReadyForQuery said; null before the first. */
    public @Nullable TransactionStatus transactionStatus() {
        return status;
    }

    /** Takes what one side has sent. The bytes are copied; the reader index moves to the end. */
    public void add(Side side, ByteBuf bytes) {
        cutter(side).add(bytes);
    }

    /** Takes what one side has sent, from an array. */
    public void add(Side side, byte[] bytes, int from, int count) {
        cutter(side).add(bytes, from, count);
    }

    /** How many bytes of one side wait: for the rest of their message, or for what the other side says. */
    public int waiting(Side side) {
        return cutter(side).waiting();
    }

    /** One of the bytes of one side that wait, the next one for 0; -1 behind the last. */
    public int peek(Side side, int ahead) {
        return cutter(side).peek(ahead);
    }

    /** The bytes of one side that wait, which are given up as messages: what is encrypted, or makes no sense. */
    public byte[] rest(Side side) {
        return cutter(side).rest();
    }

    /**
     * The next message of one side.
     *
     * @return null when more bytes are needed, when the other side must speak before it can be read, and in {@link Phase#ENCRYPTED}
     * @throws ProtocolViolation if the bytes can begin no message; {@link #rest} is what can be done with them
     */
    public @Nullable Frame next(Side side) {
        Frame frame = side == Side.FRONTEND ? nextOfFrontend() : nextOfBackend();
        if (frame != null) {
            if (side == Side.FRONTEND) {
                afterFrontend(frame);
            } else {
                afterBackend(frame);
            }
        }
        return frame;
    }

    /**
     * Says what the client was told in place of what the server answered about encryption, by one who stands in the middle and changes
     * that: what comes next is read accordingly.
     */
    public void answered(EncryptionAnswer answer) {
        if (phase == Phase.ENCRYPTION_ASKED || phase == Phase.ENCRYPTED || phase == Phase.OPENING) {
            phase = answer.encrypts() ? Phase.ENCRYPTED : Phase.OPENING;
        }
    }

    private FrameCutter cutter(Side side) {
        return side == Side.FRONTEND ? frontend : backend;
    }

    private @Nullable Frame nextOfFrontend() {
        if (phase.isTagged()) {
            return frontend.tagged(expected);
        }
        if (phase == Phase.OPENING) {
            if (frontend.peek() == TLS_HANDSHAKE) {
                phase = Phase.ENCRYPTED;
                return null;
            }
            return frontend.opening();
        }
        return null;
    }

    private @Nullable Frame nextOfBackend() {
        return switch (phase) {
            case ENCRYPTED -> null;
            // A server that cannot even say no, or does not know the question, sends an ErrorResponse.
            case ENCRYPTION_ASKED -> backend.peek() == ErrorResponse.TAG ? backend.tagged(expected) : backend.single();
            default -> backend.tagged(expected);
        };
    }

    private void afterFrontend(Frame frame) {
        if (!phase.isTagged()) {
            opened(frame);
            return;
        }
        switch (frame.tag()) {
            case COPY_DONE, CopyFail.TAG -> {
                if (phase == Phase.COPY_IN) {
                    phase = Phase.SESSION;
                } else if (phase == Phase.COPY_BOTH) {
                    phase = Phase.COPY_OUT;
                }
            }
            case TERMINATE -> phase = Phase.TERMINATED;
            default -> {
                // Says nothing about what comes next.
            }
        }
    }

    // What follows looks into bodies without decoding them: a message that is not well formed is its reader's to
    // refuse.

    private void opened(Frame frame) {
        if (frame.body().readableBytes() < Integer.BYTES) {
            return;
        }
        int code = frame.body().getInt(0);
        if (Opening.Encryption.isAskedBy(code)) {
            phase = Phase.ENCRYPTION_ASKED;
        } else if (code == Opening.Cancel.CODE) {
            phase = Phase.CANCEL;
        } else {
            version = ProtocolVersion.of(code);
            phase = Phase.STARTING;
        }
    }

    private void afterBackend(Frame frame) {
        if (frame.isEncryptionAnswer()) {
            phase = frame.bytes().getByte(0) == 'N' ? Phase.OPENING : Phase.ENCRYPTED;
            return;
        }
        if (phase == Phase.TERMINATED) {
            return;
        }
        switch (frame.tag()) {
            case ReadyForQuery.TAG -> ready(frame.body());
            case Authentication.TAG -> asked(frame.body());
            case NegotiateProtocolVersion.TAG -> negotiated(frame.body());
            case CopyInResponse.TAG -> phase = Phase.COPY_IN;
            case CopyOutResponse.TAG -> phase = Phase.COPY_OUT;
            case CopyBothResponse.TAG -> phase = Phase.COPY_BOTH;
            case COPY_DONE -> phase = phase == Phase.COPY_BOTH ? Phase.COPY_IN : Phase.SESSION;
            case ErrorResponse.TAG -> phase = phase.ordinal() > Phase.SESSION.ordinal() ? Phase.SESSION : phase;
            default -> {
                // Says nothing about what comes next.
            }
        }
    }

    private void ready(ByteBuf body) {
        phase = Phase.SESSION;
        for (TransactionStatus each : TransactionStatus.values()) {
            if (body.isReadable() && each.code() == body.getByte(0)) {
                status = each;
            }
        }
    }

    private void asked(ByteBuf body) {
        PasswordKind kind = body.readableBytes() < Integer.BYTES ? null : PasswordKind.askedBy(body.getInt(0));
        expected = kind == null ? expected : kind;
    }

    private void negotiated(ByteBuf body) {
        if (body.readableBytes() >= Integer.BYTES) {
            int newest = body.getInt(0);
            // Some poolers send the minor version only.
            version = newest >>> 16 == 0 ? new ProtocolVersion(3, newest) : ProtocolVersion.of(newest);
        }
    }
}
