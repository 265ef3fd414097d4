package dev.pgwire.internal.row;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.record.ComponentReader;
import dev.pgwire.internal.record.RecordMapper;
import dev.pgwire.internal.registry.DatabaseTypes;
import dev.pgwire.protocol.Format;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.PgType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A composite type, read as a Row whose columns are its attributes, or as a Java record. A parameter may be a record or a Map, whose
 * components are found by name, or a Row, a List or an array with a value for each attribute.
 */
final class CompositeCodec extends FieldsCodec {
    private final DatabaseTypes types;
    private final int[] oids;
    private final @Nullable FieldCodec<?>[] codecs;
    private final List<Column> columns = new ArrayList<>();
    private final Format wanted;
    private final RowPlan binary;
    private final RowPlan text;

    CompositeCodec(PgType.Composite type, DatabaseTypes types) {
        super(type.displayName());
        this.types = types;
        List<PgType.Attribute> attributes = type.attributes();
        oids = new int[attributes.size()];
        codecs = new FieldCodec<?>[attributes.size()];
        Format format = Format.BINARY;
        for (int i = 0; i < codecs.length; i++) {
            PgType of = attributes.get(i).type();
            oids[i] = (int) of.oid();
            FieldCodec<?> codec = types.codec(oids[i]);
            codecs[i] = codec;
            if (codec == null || codec.wanted() == Format.TEXT) {
                format = Format.TEXT;
            }
            columns.add(RowPlan.field(attributes.get(i).name(), oids[i], of.displayName()));
        }
        wanted = format;
        binary = RowPlan.ofFields(columns, codecs, types, Format.BINARY);
        text = RowPlan.ofFields(columns, codecs, types, Format.TEXT);
    }

    /** In binary nothing can be said of an attribute whose type has no codec. */
    @Override
    public Format wanted() {
        return wanted;
    }

    @Override
    RowPlan plan(int[] oids) {
        if (!Arrays.equals(oids, this.oids)) {
            throw changed();
        }
        return binary;
    }

    @Override
    RowPlan textPlan(int count) {
        // The text of one attribute that is NULL is that of none.
        if (count != codecs.length && !(count == 0 && codecs.length == 1)) {
            throw changed();
        }
        return text;
    }

    @Override
    boolean fits(Class<? extends Record> record) {
        return (wanted == Format.BINARY ? binary : text).misfit(record) == null;
    }

    private DataException changed() {
        types.noticeChange();
        return new DataException(
                SqlState.DATA_EXCEPTION,
                "the value has other attributes than the type " + name()
                        + " had when this connection asked for them, expected the statement to be run again",
                null);
    }

    @Override
    public boolean accepts(Object value) {
        @Nullable Object @Nullable [] fields = fields(value);
        if (fields == null) {
            return false;
        }
        for (int i = 0; i < fields.length; i++) {
            Object field = fields[i];
            FieldCodec<?> codec = codecs[i];
            if (codec == null || (field != null && !codec.accepts(field))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        @Nullable Object @Nullable [] fields = fields(value);
        if (fields == null) {
            throw new IllegalArgumentException("no row: " + value.getClass());
        }
        out.writeInt(fields.length);
        for (int i = 0; i < fields.length; i++) {
            out.writeInt(oids[i]);
            Object field = fields[i];
            FieldCodec<?> codec = codecs[i];
            if (field == null || codec == null) {
                out.writeNull();
            } else {
                int start = out.startField();
                codec.encode(field, out);
                out.endField(start);
            }
        }
    }

    /** For attributes that are given as text, or whose types have no codec. */
    @Override
    public @Nullable String literal(Object value) {
        @Nullable Object @Nullable [] fields = value instanceof CharSequence ? null : fields(value);
        if (fields == null) {
            return super.literal(value);
        }
        StringBuilder out = new StringBuilder("(");
        for (int i = 0; i < fields.length; i++) {
            Object field = fields[i];
            FieldCodec<?> codec = codecs[i];
            String literal = field == null ? null : codec != null ? codec.part(field) : uncoded(types.base(field));
            if (field != null && literal == null) {
                return null;
            }
            out.append(i > 0 ? "," : "");
            TextFields.print(literal, out);
        }
        return out.append(')').toString();
    }

    private static @Nullable String uncoded(Object field) {
        return field instanceof CharSequence ? field.toString() : null;
    }

    /** A value for each attribute; null if the value has not that. */
    private @Nullable Object @Nullable [] fields(Object value) {
        if (value instanceof Record record) {
            return ofRecord(record);
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(map);
        }
        @Nullable
        Object[] fields = value instanceof Row row
                ? row.toArray()
                : value instanceof List<?> list
                        ? list.toArray()
                        : value instanceof Object[] array ? array : new Object[0];
        return fields.length == codecs.length && (codecs.length > 0 || value instanceof Row || value instanceof List<?>)
                ? fields
                : null;
    }

    private @Nullable Object @Nullable [] ofMap(Map<?, ?> map) {
        @Nullable Object[] fields = new Object[codecs.length];
        List<String> names = columns.stream().map(Column::name).toList();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            int i = names.indexOf(entry.getKey());
            if (i < 0) {
                return null;
            }
            fields[i] = entry.getValue();
        }
        return fields;
    }

    private @Nullable Object @Nullable [] ofRecord(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        if (components.length != codecs.length) {
            return null;
        }
        @Nullable Object[] fields = new Object[codecs.length];
        boolean[] found = new boolean[codecs.length];
        for (RecordComponent component : components) {
            int i = attribute(component.getName());
            if (i < 0 || found[i]) {
                return null;
            }
            fields[i] = ComponentReader.of(component).read(record);
            found[i] = true;
        }
        return fields;
    }

    private int attribute(String component) {
        for (int i = 0; i < codecs.length; i++) {
            if (RecordMapper.plain(columns.get(i).name()).equals(RecordMapper.plain(component))) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String expected() {
        return "a record or a Map with the attributes "
                + columns.stream().map(Column::name).toList()
                + ", or a Row, a List or an array with a value for each, of which each is null or fits: "
                + Arrays.toString(columns.stream().map(Column::typeName).toArray());
    }
}
