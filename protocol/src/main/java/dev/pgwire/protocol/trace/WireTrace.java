package dev.pgwire.protocol.trace;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prints every message of one connection as libpq's {@code PQtrace} does (PostgreSQL 18): the time, {@code F} for the
 * client or {@code B} for the server, the length, the name and the fields, between tabs. Passwords, what SASL and GSSAPI
 * exchange, and the key that cancels are replaced by what libpq's regression mode prints for them, so that a trace can
 * be shown to others; SQL and values are not.
 *
 * <p>Whatever the bytes are, it prints what it can and never throws for them. After an error of the output it prints
 * nothing more. It may be called by several threads.
 */
public final class WireTrace {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    // A lock, not synchronized: the output may block, and that would pin a virtual thread before Java 24.
    private final ReentrantLock lock = new ReentrantLock();
    private final StringBuilder line = new StringBuilder();
    private @Nullable Appendable out;
    private @Nullable DateTimeFormatter time = TIME;
    private final ZoneId zone = ZoneId.systemDefault();
    private InstantSource clock = InstantSource.system();
    private @Nullable PasswordKind expected;
    private String encryption = "SSLResponse";

    public WireTrace(Appendable out) {
        this.out = out;
    }

    /** Leaves the times out, so that two traces can be compared. */
    public WireTrace withoutTimestamps() {
        time = null;
        return this;
    }

    /** Takes the times from there, in place of the time of printing: for what was said before. */
    public WireTrace clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    /** Prints one message of either side. What was said before tells nothing: the frame knows what it is. */
    public void frame(Frame frame) {
        ByteBuf body = frame.body();
        if (frame.isEncryptionAnswer()) {
            encryptionAnswer(frame.bytes().getByte(0));
        } else if (frame.tag() == 0) {
            opening(Wire.LENGTH + body.readableBytes(), body);
        } else {
            print(frame.side(), frame.tag(), Wire.LENGTH + body.readableBytes(), body, frame.expected());
        }
    }

    /**
     * Prints what is there of a message whose rest is missing, with a question mark where that would be.
     *
     * @param tag 0 for a message that has none
     * @param length the length that it says to have
     * @param begin the first bytes of its body; the reader index stays where it is
     */
    public void part(Side side, byte tag, int length, ByteBuf begin) {
        ByteBuf body = begin.duplicate();
        print(side == Side.FRONTEND ? 'F' : 'B', length, body, fields -> {
            try {
                printPart(side, tag, body, fields);
            } catch (ProtocolViolation e) {
                // As was to be expected.
            }
            fields.missing();
        });
    }

    private static void printPart(Side side, byte tag, ByteBuf body, Fields fields) {
        if (tag == 0 && body.readableBytes() < Integer.BYTES) {
            fields.name("Incomplete message");
        } else if (tag == 0) {
            FrontendFields.printOpening(body.getInt(body.readerIndex()), fields);
        } else if (side == Side.FRONTEND) {
            FrontendFields.print(tag, fields, null);
        } else {
            BackendFields.print(tag, fields);
        }
    }

    private void print(Side side, byte tag, int length, ByteBuf body, PasswordKind kind) {
        if (side == Side.FRONTEND) {
            print('F', length, body, fields -> FrontendFields.print(tag, fields, kind));
        } else {
            print('B', length, body, fields -> BackendFields.print(tag, fields));
        }
    }

    /** Prints one or more whole messages of the client, tagged or not; the reader index stays where it is. */
    public void frontend(ByteBuf messages) {
        ByteBuf rest = messages.duplicate();
        while (rest.isReadable()) {
            // The first byte of a message without a tag is that of its length, which never reaches 16 MiB.
            byte tag = rest.getByte(rest.readerIndex());
            int lengthAt = rest.readerIndex() + (tag == 0 ? 0 : 1);
            int length = lengthAt + Wire.LENGTH > rest.writerIndex() ? -1 : rest.getInt(lengthAt);
            if (length < Wire.LENGTH || length > rest.writerIndex() - lengthAt) {
                print('F', rest.readableBytes(), rest, fields -> fields.name("Incomplete message")
                        .skipRest());
                return;
            }
            ByteBuf body = rest.readerIndex(lengthAt + Wire.LENGTH).readSlice(length - Wire.LENGTH);
            if (tag == 0) {
                opening(length, body);
            } else {
                print('F', length, body, fields -> tagged(tag, fields));
            }
        }
    }

    private void tagged(byte tag, Fields fields) {
        FrontendFields.print(tag, fields, expected);
        if (tag == 'p') {
            expected = null;
        }
    }

    private void opening(int length, ByteBuf body) {
        if (length < 8) {
            print('F', length, body, fields -> fields.name("Unknown message").skipRest());
            return;
        }
        int request = body.getInt(body.readerIndex());
        print('F', length, body, fields -> {
            encryption = request == FrontendFields.GSSENC_REQUEST ? "GSSENCResponse" : "SSLResponse";
            FrontendFields.printOpening(request, fields);
        });
    }

    /** Prints one message of the server; the reader index stays where it is. */
    public void backend(byte tag, ByteBuf body) {
        print('B', Wire.LENGTH + body.readableBytes(), body.duplicate(), fields -> {
            PasswordKind asked = BackendFields.print(tag, fields);
            expected = asked == null ? expected : asked;
        });
    }

    /** Prints the single byte that answers the SSLRequest or GSSENCRequest that was printed last. */
    public void encryptionAnswer(byte answer) {
        answer(encryption, answer);
    }

    /** Prints the single byte that answers a request, also if that was not printed. */
    public void encryptionAnswer(Opening.Encryption asked, byte answer) {
        answer(asked == Opening.Encryption.GSSENC_REQUEST ? "GSSENCResponse" : "SSLResponse", answer);
    }

    private void answer(String name, byte answer) {
        ByteBuf body = Unpooled.wrappedBuffer(new byte[] {answer});
        print('B', 1, body, fields -> fields.name(name + "\t").int8());
    }

    private void print(char side, int length, ByteBuf body, Consumer<Fields> layout) {
        lock.lock();
        try {
            if (out == null) {
                return;
            }
            line.setLength(0);
            if (time != null) {
                line.append(time.format(LocalDateTime.ofInstant(clock.instant(), zone)))
                        .append('\t');
            }
            line.append(side).append('\t').append(length).append('\t');
            try {
                layout.accept(new Fields(line, Body.of("trace", body)));
            } catch (ProtocolViolation e) {
                line.append(" ?");
            }
            line.append('\n');
            if (body.isReadable()) {
                line.append("mismatched message length: consumed ").append(length - body.readableBytes());
                line.append(", expected ").append(length).append('\n');
            }
            out.append(line);
        } catch (IOException | UncheckedIOException e) {
            out = null;
        } finally {
            lock.unlock();
        }
    }
}
