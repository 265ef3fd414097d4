package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of the rows that follow.
 *
 * <pre>
 * Byte1 'T'
 * Int32 length
 * Int16 number of fields, for each:
 *       String name, Int32 table oid, Int16 attribute, Int32 type oid, Int16 type length, Int32 modifier, Int16 format
 * </pre>
 */
public record RowDescription(List<Field> fields) implements BackendMessage {
    public static final byte TAG = 'T';

    private static final int FIXED_PART = 18;

    public RowDescription {
        fields = List.copyOf(fields);
    }

    public static RowDescription read(ByteBuf body) {
        Body in = Body.of("RowDescription", body);
        int count = in.count(1 + FIXED_PART, "fields");
        List<Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fields.add(Field.read(in));
        }
        in.end();
        return new RowDescription(fields);
    }

    @Override
    public void encode(ByteBuf out) {
        long length = Wire.listLength(fields.size(), FIXED_PART);
        for (Field field : fields) {
            length += Wire.cStringLength(field.name);
        }
        Wire.header(out, TAG, length);
        out.writeShort(fields.size());
        for (Field field : fields) {
            field.encode(out);
        }
    }

    /**
     * One column. Oids are unsigned numbers of 32 bits carried in an {@code int}.
     *
     * @param tableOid the table it comes from, or 0
     * @param attribute its number in that table from 1, or 0
     * @param typeLength the bytes of a value, or negative when it varies
     * @param typeModifier what stands in parentheses after the type, in the type's own coding, or -1
     * @param format always {@code TEXT} when a statement was described, for then it is not chosen yet
     */
    public record Field(
            String name,
            int tableOid,
            short attribute,
            int typeOid,
            short typeLength,
            int typeModifier,
            Format format) {
        private static Field read(Body in) {
            return new Field(
                    in.cString("name"),
                    in.int32("table oid"),
                    in.int16("attribute number"),
                    in.int32("type oid"),
                    in.int16("type length"),
                    in.int32("type modifier"),
                    in.format("format code"));
        }

        @Override
        public String toString() {
            return "Field[name=" + name + ", tableOid=" + Integer.toUnsignedString(tableOid) + ", attribute="
                    + attribute
                    + ", typeOid=" + Integer.toUnsignedString(typeOid) + ", typeLength=" + typeLength
                    + ", typeModifier="
                    + typeModifier + ", format=" + format + "]";
        }

        private void encode(ByteBuf out) {
            Wire.cString(out, name);
            out.writeInt(tableOid).writeShort(attribute).writeInt(typeOid);
            out.writeShort(typeLength).writeInt(typeModifier).writeShort(format.code());
        }
    }
}
