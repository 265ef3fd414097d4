package dev.pgwire.internal.statement;

import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.FrontendMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What all executions of a statement have in common, as long as its values come in the same formats: the Bind around the
 * values, and the Execute behind it. Encoded once.
 */
final class ExecutionFrame {
    static final byte[] SYNC = encoded(Command.SYNC);

    static final byte[] EXECUTE = encoded(new Execute("", 0));
    /** Where a message has its length, which does not count the tag before it. */
    private static final int LENGTH_AT = 1;

    private final byte[] name;
    private final Format[] formats;
    private final byte[] head;
    private final byte[] resultFormats;

    private ExecutionFrame(byte[] name, Format[] formats, byte[] head, byte[] resultFormats) {
        this.name = name;
        this.formats = formats;
        this.head = head;
        this.resultFormats = resultFormats;
    }

    /** The frame of a statement's executions with values in these formats. */
    static ExecutionFrame of(PreparedStatement statement, Format[] formats) {
        byte[] name = statement.nameBytes();
        Format[] ofResult = statement.resultFormats();
        ByteBuf bind = buffer();
        Bind.encode(bind, name, formats, formats.length, Unpooled.EMPTY_BUFFER, ofResult);
        int codes = Bind.lengthOfCodes(ofResult);
        byte[] head = new byte[bind.readableBytes() - codes];
        bind.readBytes(head);
        return new ExecutionFrame(name, formats.clone(), head, bytes(bind));
    }

    private static byte[] encoded(FrontendMessage message) {
        ByteBuf out = buffer();
        message.encode(out);
        return bytes(out);
    }

    /** Of the kind that requests are written to: a second kind costs a start milliseconds. */
    private static ByteBuf buffer() {
        return Unpooled.directBuffer();
    }

    private static byte[] bytes(ByteBuf out) {
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        out.release();
        return bytes;
    }

    // HOT: once for each execution

    /** Writes what stands before the values, which come next; returns where they begin. */
    int begin(FieldBuffer fields) {
        fields.writeBytes(head);
        return head.length;
    }

    /** Whether this is the frame of a statement of that name and of values in these formats. */
    boolean fits(PreparedStatement statement, Format[] given) {
        if (statement.nameBytes() != name) {
            return false;
        }
        for (int i = 0; i < given.length; i++) {
            if (given[i] != formats[i]) {
                return false;
            }
        }
        return true;
    }

    /** Writes what stands behind the values. */
    void end(FieldBuffer fields) {
        fields.writeBytes(resultFormats);
        fields.setInt(LENGTH_AT, fields.size() - LENGTH_AT);
        fields.writeBytes(EXECUTE);
    }
}
