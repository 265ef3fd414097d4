package dev.pgwire.protocol.backend;

// HOT: a batch is answered with as many of these as it has sets

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A statement is done.
 *
 * <pre>
 * Byte1  'C'
 * Int32  length
 * String tag, such as "INSERT 0 5" or "BEGIN"
 * </pre>
 */
public record CommandComplete(String tag) implements BackendMessage {
    public static final byte TAG = 'C';

    /** The tags of statements that touch one row or none, made once and recognized by their bytes. */
    private static final Usual[] USUAL = {
        new Usual("INSERT 0 1"),
        new Usual("SELECT 1"),
        new Usual("UPDATE 1"),
        new Usual("DELETE 1"),
        new Usual("SELECT 0"),
        new Usual("UPDATE 0"),
        new Usual("DELETE 0")
    };

    public static CommandComplete read(ByteBuf body) {
        Body in = Body.of("CommandComplete", body);
        String tag = in.cString("tag");
        in.end();
        for (Usual usual : USUAL) {
            if (usual.message.tag.equals(tag)) {
                return usual.message;
            }
        }
        return new CommandComplete(tag);
    }

    /** The message if its tag is a usual one, else null; its body is a part of an array. */
    static @Nullable CommandComplete usual(byte[] bytes, int from, int to) {
        for (Usual usual : USUAL) {
            if (usual.matches(bytes, from, to)) {
                return usual.message;
            }
        }
        return null;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, Wire.cStringLength(tag));
        Wire.cString(out, tag);
    }

    /** How many rows were returned or changed: the last word of the tag; -1 when that is no number. */
    public long rows() {
        int start = tag.lastIndexOf(' ') + 1;
        // The old oid of "INSERT oid rows" is in front; a tag without a space, such as "BEGIN", counts nothing.
        if (start == 0 || start == tag.length()) {
            return -1;
        }
        long rows = 0;
        for (int i = start; i < tag.length(); i++) {
            int digit = tag.charAt(i) - '0';
            if (digit < 0 || digit > 9 || rows > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            rows = rows * 10 + digit;
        }
        return rows;
    }

    private static final class Usual {
        private final CommandComplete message;
        private final byte[] body;

        private Usual(String tag) {
            message = new CommandComplete(tag);
            body = (tag + '\0').getBytes(StandardCharsets.US_ASCII);
        }

        private boolean matches(byte[] bytes, int from, int to) {
            return Arrays.equals(bytes, from, to, body, 0, body.length);
        }
    }
}
