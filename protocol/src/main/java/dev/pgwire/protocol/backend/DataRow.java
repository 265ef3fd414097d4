package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Excerpt;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result, as a window over the bytes of its body: one window can be moved over any number of rows.
 *
 * <pre>
 * Byte1 'D'
 * Int32 length
 * Int16 number of columns, for each:
 *       Int32 length of the value or -1 for NULL, Byten value
 * </pre>
 */
public final class DataRow implements BackendMessage {
    public static final byte TAG = 'D';

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int index;
    private int length;

    /** An empty window. */
    public DataRow() {}

    /**
     * Moves the window to the body that starts at an index of a buffer. Nothing is copied or checked, and the row is
     * valid only as long as the buffer is.
     */
    public DataRow window(ByteBuf buffer, int index, int length) {
        this.buffer = buffer;
        this.index = index;
        this.length = length;
        return this;
    }

    /** Checks the whole row and copies it. */
    public static DataRow read(ByteBuf body) {
        Body row = Body.of("DataRow", body.duplicate());
        int count = row.count(4, "columns");
        for (int i = 0; i < count; i++) {
            row.skipValue("column");
        }
        row.end();
        byte[] copy = new byte[body.readableBytes()];
        body.readBytes(copy);
        return new DataRow().window(Unpooled.wrappedBuffer(copy), 0, copy.length);
    }

    /** A row with these values, null for NULL. */
    public static DataRow of(List<byte @Nullable []> columns) {
        int length = Math.toIntExact(Wire.valuesLength(columns));
        ByteBuf bytes = Unpooled.buffer(length, length);
        Wire.values(bytes, columns);
        return new DataRow().window(bytes, 0, length);
    }

    public ByteBuf buffer() {
        return buffer;
    }

    /** Where the body starts in the buffer. */
    public int index() {
        return index;
    }

    /** How many bytes the body has. */
    public int length() {
        return length;
    }

    /** How many columns the row says it has, after a check that they could fit. */
    public int columnCount() {
        return body().count(4, "columns");
    }

    /** A copy of one value, null for NULL. Walks the row from its start, so it is not for reading whole results. */
    public byte @Nullable [] column(int column) {
        Body row = body();
        Objects.checkIndex(column, row.count(4, "columns"));
        for (int i = 0; i < column; i++) {
            row.skipValue("column");
        }
        return row.value("column");
    }

    private Body body() {
        return Body.of("DataRow", buffer.slice(index, length));
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, length);
        out.writeBytes(buffer, index, length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DataRow that
                && buffer.slice(index, length).equals(that.buffer.slice(that.index, that.length));
    }

    @Override
    public int hashCode() {
        return buffer.slice(index, length).hashCode();
    }

    /** Its values, or its bytes if they are no row. */
    @Override
    public String toString() {
        List<String> shown = new ArrayList<>();
        int count = length < 2 ? -1 : buffer.getUnsignedShort(index);
        int at = index + 2;
        int end = index + length;
        int column = 0;
        for (; column < count && at <= end - Wire.LENGTH; column++) {
            int size = buffer.getInt(at);
            at += Wire.LENGTH;
            if (size < -1 || size > end - at) {
                break;
            }
            if (column < Excerpt.MOST_VALUES) {
                shown.add(size == -1 ? "NULL" : Excerpt.of(buffer.slice(at, size)));
            }
            at += Math.max(size, 0);
        }
        if (column != count || at != end) {
            return "DataRow[" + Excerpt.of(buffer.slice(index, length)) + ", which is no row]";
        }
        if (count > shown.size()) {
            shown.add("... " + count + " values");
        }
        return "DataRow" + shown;
    }
}
