package dev.pgwire.internal.row;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.row.Row;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row inside of a field, read as a {@link Row}.
 *
 * <pre>
 * Int32 number of fields
 * for each: Int32 oid of its type, Int32 length or -1 for NULL, Byten value
 * </pre>
 *
 * <p>In text: {@code (1,"a b",)}. Source: PostgreSQL manual, 8.16 Composite Types.
 */
abstract class FieldsCodec extends FieldCodec<Row> {
    FieldsCodec(String name) {
        super(name, Row.class);
    }

    /**
     * The plan for fields of these types.
     *
     * @throws DataException if they are not what the type is made of
     */
    abstract RowPlan plan(int[] types);

    /**
     * The plan for fields in text.
     *
     * @throws DataException if the type is not made of this number
     */
    abstract RowPlan textPlan(int count);

    @Override
    public final PageRow decodeBinary(byte[] source, int offset, int length) {
        // A row is for keeps, and its page may be used again.
        return binary(Arrays.copyOfRange(source, offset, offset + length), 0, length)
                .row();
    }

    @Override
    public final PageRow decodeText(byte[] source, int offset, int length) {
        return text(source, offset, length).row();
    }

    /** A record is made at once, of the bytes where they are. */
    @Override
    public final <V> V decodeAs(byte[] source, int offset, int length, Format format, Class<V> target) {
        if (target == Record.class || !Record.class.isAssignableFrom(target)) {
            return super.decodeAs(source, offset, length, format, target);
        }
        PageRow row = (format == Format.BINARY ? binary(source, offset, length) : text(source, offset, length)).row();
        return target.cast(row.plan.mapper(target.asSubclass(Record.class)).map(row));
    }

    private Fields binary(byte[] bytes, int offset, int length) {
        int count = length < 4 ? -1 : BigEndian.getInt(bytes, offset);
        if (count < 0 || count > (length - 4) / 8) {
            throw badBinary(count + " fields in " + length + " bytes, expected not more than there are bytes for");
        }
        int[] types = new int[count];
        int[] places = new int[count];
        int at = offset + 4;
        int end = offset + length;
        for (int i = 0; i < count; i++) {
            if (end - at < 8) {
                throw badBinary("it ends before its last field");
            }
            types[i] = BigEndian.getInt(bytes, at);
            places[i] = at + 4;
            int size = BigEndian.getInt(bytes, at + 4);
            at += 8;
            if (size < -1 || size > end - at) {
                throw badBinary("a field of " + size + " bytes, expected at most " + (end - at));
            }
            at += Math.max(0, size);
        }
        if (at != end) {
            throw badBinary((end - at) + " bytes behind its last field, expected none");
        }
        return new Fields(plan(types), bytes, places);
    }

    private Fields text(byte[] source, int offset, int length) {
        TextFields fields = new TextFields(this, source, offset, length);
        RowPlan plan = textPlan(fields.count());
        if (fields.count() < plan.size()) {
            fields.addNull();
        }
        return new Fields(plan, fields.bytes(), fields.places());
    }

    @Override
    public final String textOf(byte[] source, int offset, int length, Format format) {
        return (format == Format.BINARY ? binary(source, offset, length) : text(source, offset, length)).text();
    }

    @Override
    public String format(Row value) {
        StringBuilder out = new StringBuilder("(");
        for (int i = 0; i < value.size(); i++) {
            out.append(i > 0 ? "," : "");
            TextFields.print(value.getString(i), out);
        }
        return out.append(')').toString();
    }

    @Override
    protected @Nullable Object convertTo(Row value, Class<?> target) {
        if (target == Map.class) {
            return value.toMap();
        }
        return target.isAssignableFrom(List.class) ? Arrays.asList(value.toArray()) : null;
    }

    @Override
    public final boolean reads(Class<?> target) {
        return target != Record.class && Record.class.isAssignableFrom(target)
                ? fits(target.asSubclass(Record.class))
                : super.reads(target);
    }

    /** Whether records of a class can be made of its fields, as far as these are known. */
    abstract boolean fits(Class<? extends Record> record);

    @Override
    protected boolean convertsTo(Class<?> target) {
        return target == Map.class || target.isAssignableFrom(List.class);
    }

    @Override
    protected String conversions() {
        return "Row, a record, Map, List, String";
    }

    /**
     * The fields of a row inside of a field.
     *
     * @param places where the length of each field stands in the bytes; its value is behind it
     */
    private record Fields(RowPlan plan, byte[] bytes, int[] places) {
        PageRow row() {
            return PageRow.of(plan, bytes, places);
        }

        /** The row as the server prints it. */
        String text() {
            StringBuilder out = new StringBuilder("(");
            for (int i = 0; i < places.length; i++) {
                out.append(i > 0 ? "," : "");
                int length = BigEndian.getInt(bytes, places[i]);
                if (length >= 0) {
                    FieldCodec<?> codec = plan.codecs[i];
                    int at = places[i] + 4;
                    if (codec == null && plan.formats[i] == Format.BINARY) {
                        throw UnreadableValue.onlyBytes();
                    }
                    TextFields.print(
                            codec != null
                                    ? codec.outputOf(bytes, at, length, plan.formats[i])
                                    : new String(bytes, at, length, StandardCharsets.UTF_8),
                            out);
                }
            }
            return out.append(')').toString();
        }
    }
}
