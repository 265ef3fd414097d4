package dev.pgwire.laboratory.capture;

import dev.pgwire.laboratory.capture.CapturedPhase.Kind;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How long the parts of a connection take that come before its first statement. */
final class Phases {
    private static final int AUTHENTICATION_OK = 0;

    private final CapturedConnection connection;
    private final Consumer<CapturedPhase> told;
    private @Nullable Kind open;
    private long begin;

    Phases(CapturedConnection connection, Consumer<CapturedPhase> told) {
        this.connection = connection;
        this.told = told;
    }

    void took(Kind kind, long from, long to, String outcome) {
        told.accept(new CapturedPhase(
                connection, Times.instant(from), kind, Duration.ofNanos(Math.max(0, to - from)), outcome));
    }

    /** Takes the next message. */
    void add(Frame frame, @Nullable Message message, long time) {
        if (frame.side() == Side.FRONTEND) {
            if (frame.tag() == 0) {
                open = frame.size() == Plausible.OPENING ? Kind.ENCRYPTION : Kind.AUTHENTICATION;
                begin = time;
            }
        } else if (open == Kind.ENCRYPTION) {
            end(
                    time,
                    frame.isEncryptionAnswer()
                            ? String.valueOf((char) frame.bytes().getByte(0))
                            : error(message));
        } else if (open != null) {
            whileStarting(open, frame, message, time);
        }
    }

    private void whileStarting(Kind kind, Frame frame, @Nullable Message message, long time) {
        switch (frame.tag()) {
            case 'E' -> end(time, error(message));
            case 'Z' -> end(time, "");
            case 'R' -> {
                ByteBuf body = frame.body();
                if (kind == Kind.AUTHENTICATION
                        && body.readableBytes() >= Integer.BYTES
                        && body.getInt(0) == AUTHENTICATION_OK) {
                    end(time, "");
                    open = Kind.START;
                    begin = time;
                }
            }
            default -> {
                // On the way.
            }
        }
    }

    private static String error(@Nullable Message message) {
        return message instanceof ErrorResponse error
                ? "ERROR " + error.diagnostic().sqlState()
                : "";
    }

    private void end(long time, String outcome) {
        Kind kind = open;
        if (kind != null) {
            took(kind, begin, time, outcome);
        }
        open = null;
    }
}
