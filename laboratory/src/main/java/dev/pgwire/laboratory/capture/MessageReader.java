package dev.pgwire.laboratory.capture;

import dev.pgwire.laboratory.capture.CapturedPhase.Kind;
import dev.pgwire.laboratory.capture.stream.StreamEnd;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.dialogue.Dialogue;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Phase;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Opening;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the messages of one connection, also behind bytes that were not captured or make no sense. */
final class MessageReader {
    /** A longer message is told of, but not kept. */
    private static final int LONGEST = 16 * 1024 * 1024;

    /** The tags whose content says which statement something belongs to, and what came of it. */
    private static final String TELLING = "PBEDCQ";

    private final CapturedConnection connection;
    private final Consumer<CaptureEvent> told;
    private final Runs runs;
    private final Phases phases;
    private final Reading client;
    private final Reading server;
    private final long begin;
    private Dialogue dialogue;
    private long time;
    private boolean encrypted;
    private Opening.@Nullable Encryption asked;

    MessageReader(
            CapturedConnection connection,
            Consumer<CaptureEvent> told,
            long begin,
            boolean hasFirstOfClient,
            boolean hasFirstOfServer) {
        this.connection = connection;
        this.told = told;
        this.begin = begin;
        this.time = begin;
        this.runs = new Runs(connection, told::accept);
        this.phases = new Phases(connection, told::accept);
        this.client = new Reading(Side.FRONTEND, hasFirstOfClient);
        this.server = new Reading(Side.BACKEND, hasFirstOfServer);
        this.dialogue = hasFirstOfClient ? new Dialogue() : Dialogue.inSession();
        if (!hasFirstOfClient) {
            remark("the capture begins in the middle of this connection");
        }
    }

    /** When the connection was asked for and when that was answered, as far as it is known. */
    void connected(long asked, long answered) {
        if (asked >= 0 && answered >= 0) {
            phases.took(Kind.CONNECT, asked, answered, "");
        }
    }

    private Reading of(Side side) {
        return side == Side.FRONTEND ? client : server;
    }

    void data(Side side, long when, byte[] bytes, int from, int count) {
        time = Math.max(time, when);
        Reading reading = of(side);
        int passed = (int) Math.min(reading.skipping, count);
        reading.skipping -= passed;
        if (encrypted) {
            reading.encrypted += count;
        } else if (passed < count && reading.seeker != null) {
            seek(reading, reading.seeker, bytes, from + passed, count - passed);
        } else if (isOvertaken(reading, bytes, from, count)) {
            tellPart(reading);
            reading.skipping = 0;
            remark("a message of " + reading.who() + " has not ended where others begin: its length makes no sense");
            runs.lost();
            dialogue.add(side, bytes, from, count);
            take();
        } else if (passed < count) {
            dialogue.add(side, bytes, from + passed, count - passed);
            take();
        }
    }

    /** Whether a message should go on, and where it should a segment is nothing but other messages. */
    private boolean isOvertaken(Reading reading, byte[] bytes, int from, int count) {
        boolean goesOn = reading.skipping > 0 || Head.of(dialogue, reading.side) != null;
        return goesOn && reading.seeker == null && Plausible.isFilled(reading.side, bytes, from, from + count);
    }

    private void seek(Reading reading, Seeker seeker, byte[] bytes, int from, int count) {
        if (Plausible.isTls(bytes, from, from + count)) {
            encrypted(reading.who() + " sends records of TLS: they cannot be read");
            reading.encrypted = count;
        } else if (reading.side == Side.FRONTEND && Plausible.isOpening(bytes, from, from + count)) {
            passedOver(reading, seeker.all());
            restart(new Dialogue());
            client.seeker = null;
            server.seeker = null;
            dialogue.add(reading.side, bytes, from, count);
            take();
        } else {
            seeker.add(bytes, from, count);
            found(reading, seeker, false);
        }
    }

    private void found(Reading reading, Seeker seeker, boolean isEnd) {
        byte[] rest = seeker.find(isEnd);
        if (rest != null) {
            passedOver(reading, seeker.passed());
            reading.seeker = null;
            dialogue.add(reading.side, rest, 0, rest.length);
            take();
        }
    }

    private void passedOver(Reading reading, long count) {
        if (count > 0) {
            remark("passed over " + bytes(count) + " of " + reading.who()
                    + ", up to the next message that can be known as one");
        }
    }

    /** Takes all messages that are whole, of both sides in turns: one may be told apart only by what the other has said. */
    private void take() {
        boolean more = true;
        while (more && !encrypted) {
            more = takeNext(server) | takeNext(client);
            if (dialogue.phase() == Phase.ENCRYPTED) {
                client.encrypted += dialogue.rest(Side.FRONTEND).length;
                server.encrypted += dialogue.rest(Side.BACKEND).length;
                encrypted("encrypted from here on: what follows cannot be read");
            }
        }
        checkHead(client);
        checkHead(server);
    }

    private boolean takeNext(Reading reading) {
        if (reading.seeker != null) {
            return false;
        }
        try {
            Frame frame = dialogue.next(reading.side);
            if (frame == null) {
                return false;
            }
            tell(reading, frame);
            return true;
        } catch (ProtocolViolation e) {
            lose(reading, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void tell(Reading reading, Frame frame) {
        int damaged = reading.damagedAt;
        reading.damagedAt = -1;
        Message message = damaged < 0 ? decoded(frame) : null;
        String sql = frame.tag() == 0 ? null : runs.add(frame, message, time);
        if (damaged < 0) {
            told.accept(new CapturedMessage(
                    connection, Times.instant(time), sql, frame, frame.isEncryptionAnswer() ? asked : null));
            phases.add(frame, message, time);
            asked = frame.side() == Side.FRONTEND ? encryption(frame) : asked;
        } else {
            byte[] all = new byte[frame.size()];
            frame.bytes().readBytes(all);
            tellPart(reading.side, sql, frame.tag(), frame.size(), Arrays.copyOf(all, damaged));
        }
    }

    private static Opening.@Nullable Encryption encryption(Frame frame) {
        return frame.tag() == 0
                        && frame.size() == Plausible.OPENING
                        && frame.message() instanceof Opening.Encryption encryption
                ? encryption
                : null;
    }

    private static @Nullable Message decoded(Frame frame) {
        if (TELLING.indexOf(frame.tag()) < 0) {
            return null;
        }
        try {
            return frame.tag() == 'D' && frame.side() == Side.BACKEND ? null : frame.message();
        } catch (ProtocolViolation e) {
            return null;
        }
    }

    /** Tells of a message of which only the first bytes are there, with its head. */
    private void tellPart(Side side, @Nullable String sql, byte tag, int size, byte[] bytes) {
        int head = tag == 0 ? Wire.LENGTH : Wire.HEADER;
        int length = tag == 0 ? size : size - 1;
        byte[] body = Arrays.copyOfRange(bytes, Math.min(head, bytes.length), bytes.length);
        told.accept(new CapturedMessage(connection, Times.instant(time), sql, side, tag, length, body));
    }

    /** Tells of what waits of a side, which will not become whole. */
    private void tellPart(Reading reading) {
        Head head = Head.of(dialogue, reading.side);
        byte[] part = dialogue.rest(reading.side);
        if (head != null) {
            int known = reading.damagedAt < 0 ? part.length : reading.damagedAt;
            tellPart(reading.side, null, head.tag(), (int) head.size(), Arrays.copyOf(part, known));
        }
        reading.damagedAt = -1;
    }

    /** Whether what waits for its rest can be a message, and one that can be kept. */
    private void checkHead(Reading reading) {
        if (encrypted || reading.seeker != null || reading.skipping > 0) {
            return;
        }
        Head head = Head.of(dialogue, reading.side);
        if (head == null) {
            return;
        }
        if (!head.isPlausible()) {
            lose(reading, head + " of " + reading.who() + " makes no sense");
        } else if (head.size() > LONGEST) {
            byte[] part = dialogue.rest(reading.side);
            remark(head + " of " + reading.who() + " is not kept as a whole");
            tellPart(reading.side, null, head.tag(), (int) head.size(), part);
            reading.skipping = head.size() - part.length;
            reading.damagedAt = -1;
        }
    }

    /** What waits of a side is given up: it is no message. */
    private void lose(Reading reading, String why) {
        byte[] rest = dialogue.rest(reading.side);
        remark(why + ", looking for the next message");
        Seeker seeker = new Seeker(reading.side);
        seeker.append(rest, Math.min(1, rest.length), Math.max(0, rest.length - 1));
        reading.seeker = seeker;
        reading.damagedAt = -1;
        runs.lost();
        restart(Dialogue.inSession());
    }

    /** Goes on with a dialogue that knows nothing of what was before, and with what waits of the sides that are read. */
    private void restart(Dialogue next) {
        for (Reading reading : new Reading[] {client, server}) {
            byte[] rest = dialogue.rest(reading.side);
            next.add(reading.side, rest, 0, rest.length);
        }
        dialogue = next;
    }

    void hole(Side side, long when, long count) {
        time = Math.max(time, when);
        Reading reading = of(side);
        if (encrypted) {
            return;
        }
        if (count >= 0 && count <= reading.skipping) {
            reading.skipping -= count;
            return;
        }
        reading.skipping = 0;
        if (reading.seeker != null) {
            reading.seeker.interrupt();
            return;
        }
        int there = dialogue.waiting(side);
        Head head = Head.of(dialogue, side);
        if (head != null && count >= 0 && count <= head.size() - there) {
            // The message is damaged, but where it ends is known.
            reading.damagedAt = reading.damagedAt < 0 ? there : reading.damagedAt;
            dialogue.add(side, new byte[(int) count], 0, (int) count);
            take();
            return;
        }
        remark((count < 0 ? "bytes" : bytes(count)) + " of " + reading.who()
                + " were not captured, looking for the next message");
        tellPart(reading);
        reading.seeker = new Seeker(side);
        runs.lost();
        if (dialogue.phase().ordinal() < Phase.STARTING.ordinal()) {
            // It may have begun, or be encrypted by now.
            of(side.other()).seeker = new Seeker(side.other());
            dialogue.rest(side.other());
            dialogue = Dialogue.inSession();
        }
    }

    private void encrypted(String word) {
        encrypted = true;
        remark(word);
        client.seeker = null;
        server.seeker = null;
    }

    private void remark(String text) {
        told.accept(new CaptureRemark(connection, Times.instant(time), text));
    }

    private static String bytes(long count) {
        return count == 1 ? "1 byte" : count + " bytes";
    }

    void ended(long when, StreamEnd how) {
        time = Math.max(time, when);
        for (Reading reading : new Reading[] {client, server}) {
            if (reading.seeker != null) {
                found(reading, reading.seeker, true);
            }
            endOf(reading);
        }
        runs.end(time);
        if (encrypted) {
            remark("encrypted: " + bytes(client.encrypted) + " of the client, " + bytes(server.encrypted)
                    + " of the server");
        }
        String word = word(how);
        if (!word.isEmpty()) {
            remark(word);
        }
        phases.took(Kind.WHOLE, begin < 0 ? time : begin, time, how == StreamEnd.CLOSED ? "" : word);
    }

    private void endOf(Reading reading) {
        if (reading.seeker != null) {
            if (reading.seeker.all() > 0) {
                remark("no message can be known in the last " + bytes(reading.seeker.all()) + " of " + reading.who());
            }
            return;
        }
        int there = encrypted ? 0 : dialogue.waiting(reading.side);
        if (there > 0) {
            Head head = Head.of(dialogue, reading.side);
            tellPart(reading);
            remark("ends in the middle of a message of " + reading.who() + ": " + bytes(there)
                    + (head == null ? "" : " of " + head.size()));
        }
    }

    private static String word(StreamEnd how) {
        return switch (how) {
            case CLOSED -> "";
            case RESET -> "broken off";
            case REFUSED -> "refused: nothing listens at the port of the server";
            case REPLACED -> "the same ports serve another connection from here on";
            case GIVEN_UP -> "given up: too many connections at once";
            case CAPTURE_ENDS -> "open when the capture ends";
        };
    }
}
