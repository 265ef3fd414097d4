package dev.pgwire.laboratory.replay;

import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a recording. Its line has the number of the connection, {@code F} for the client or {@code B} for the server, its
 * name, and its fields as words:
 *
 * <pre>
 * 1 F Query "SELECT id, name FROM users"
 * 1 B DataRow [ '7' NULL ]
 * </pre>
 *
 * <p>A word is {@code "a string"} that a zero ends, {@code 'a value'} behind its length or NULL, {@code &lt;bytes&gt;}, a number of four
 * bytes, or of two with {@code :2}. Brackets are a list behind the number of its items, of which one in parentheses has several
 * words; a dot is the zero that ends a list without a number. What cannot be read is {@code \x} and two digits.
 */
public final class Said {
    private final int connection;
    private final Side side;
    private final Kind kind;
    private final List<String> words;
    private final byte[] bytes;

    private Said(int connection, Side side, Kind kind, List<String> words, byte[] bytes) {
        this.connection = connection;
        this.side = side;
        this.kind = kind;
        this.words = List.copyOf(words);
        this.bytes = bytes;
    }

    /**
     * A message.
     *
     * @param connection the number of its connection, from 1
     */
    public static Said of(int connection, Frame frame) {
        Kind kind = Kind.of(frame);
        byte[] bytes = ByteBufUtil.getBytes(frame.bytes());
        return new Said(connection, frame.side(), kind, words(kind, body(kind, bytes)), bytes);
    }

    private static List<String> words(Kind kind, byte[] body) {
        try {
            List<String> words = WordWriter.words(kind.layout(), Unpooled.wrappedBuffer(body));
            if (Arrays.equals(WordReader.bytes(words), body)) {
                return words;
            }
        } catch (ProtocolViolation otherLayout) {
            // What is not well formed is recorded all the same.
        }
        return WordWriter.words(kind.asBytes().layout(), Unpooled.wrappedBuffer(body));
    }

    private static byte[] body(Kind kind, byte[] bytes) {
        return Arrays.copyOfRange(bytes, head(kind), bytes.length);
    }

    private static int head(Kind kind) {
        return kind == Kind.ENCRYPTION_ANSWER ? 0 : kind.tag() == 0 ? Wire.LENGTH : Wire.HEADER;
    }

    /**
     * Reads a line.
     *
     * @throws ProtocolViolation if it is none
     */
    static Said parse(String line) {
        List<String> words = WordReader.split(line);
        if (words.size() < 3
                || !words.get(0).matches("[1-9][0-9]{0,8}")
                || !words.get(1).matches("[FB]")) {
            throw new ProtocolViolation("the line \"" + line
                    + "\", expected the number of a connection, F or B, the name of a message, and its fields");
        }
        Side side = words.get(1).equals("F") ? Side.FRONTEND : Side.BACKEND;
        Kind kind = Kind.named(side, words.get(2));
        List<String> fields = words.subList(3, words.size());
        return new Said(Integer.parseInt(words.get(0)), side, kind, fields, encode(kind, WordReader.bytes(fields)));
    }

    private static byte[] encode(Kind kind, byte[] body) {
        ByteBuf out = Unpooled.buffer(body.length + Wire.HEADER);
        if (kind != Kind.ENCRYPTION_ANSWER && kind.tag() == 0) {
            Wire.header(out, body.length);
        } else if (kind.tag() != 0) {
            Wire.header(out, kind.tag(), body.length);
        }
        return ByteBufUtil.getBytes(out.writeBytes(body));
    }

    /** The same without what proves who the client is; the key that cancels a session and the salt of md5 are of zeros. */
    Said withoutSecrets() {
        if (kind.isSecret()) {
            return new Said(connection, side, kind, List.of(WordReader.HIDDEN), encode(kind, new byte[0]));
        }
        byte[] body = body(kind, bytes);
        if (kind.secretEnd() < 0 || kind.secretEnd() >= body.length) {
            return this;
        }
        Arrays.fill(body, kind.secretEnd(), body.length, (byte) 0);
        return withBody(body);
    }

    /** The same with other fields. */
    Said withWords(List<String> fields) {
        return new Said(connection, side, kind, fields, encode(kind, WordReader.bytes(fields)));
    }

    private Said withBody(byte[] body) {
        return new Said(connection, side, kind, words(kind, body), encode(kind, body));
    }

    /** One that has in its body what several of its kind have in theirs. */
    static Said joined(List<Said> parts) {
        Said first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        ByteBuf all = Unpooled.buffer();
        parts.forEach(part -> all.writeBytes(part.body()));
        return first.withBody(ByteBufUtil.getBytes(all));
    }

    /** The number of its connection, from 1. */
    public int connection() {
        return connection;
    }

    /** Who sent it. */
    public Side side() {
        return side;
    }

    /** The manual's name of it, such as {@code DataRow}; {@code 0x} and two digits if its tag is not known. */
    public String name() {
        return kind.name();
    }

    /** Its tag; 0 for what has none. */
    public byte tag() {
        return kind.tag();
    }

    /** Its fields, as they stand in the line. */
    public List<String> words() {
        return words;
    }

    /** All its bytes, with tag and length: a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes behind the length: a buffer of its own. */
    ByteBuf body() {
        int head = head(kind);
        return Unpooled.wrappedBuffer(bytes, head, bytes.length - head);
    }

    /** Its name and its fields. */
    String text() {
        return words.isEmpty() ? name() : name() + " " + String.join(" ", words);
    }

    /** Whether its name is one of these. */
    boolean is(String... names) {
        return Arrays.asList(names).contains(name());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Said that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** Its line. */
    @Override
    public String toString() {
        return connection + (side == Side.FRONTEND ? " F " : " B ") + text();
    }
}
