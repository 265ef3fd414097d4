package dev.pgwire.internal.row;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.array.ArrayCodec;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.protocol.Format;
import dev.pgwire.row.Column;
import dev.pgwire.type.FieldWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row without a type, as ROW(1, 'a') makes it. Its fields are called f1, f2 and so on, as the server calls them. The server takes
 * no parameter of this type. In text nothing says what its fields are, so they are Strings.
 */
final class RecordCodec extends FieldsCodec {
    private record Known(int[] types, RowPlan plan) {}

    /** Beyond it a text would be larger than memory: quotes are doubled at each level. */
    private static final int MOST_LEVELS = 16;

    private static final int RECORD = 2249;
    private static final int RECORDS = 2287;

    private final TypeRegistry types;
    private final int level;
    /** The last plan: rows of one column nearly always have the same fields. */
    private volatile @Nullable Known last;

    RecordCodec(String name, TypeRegistry types) {
        this(name, types, 1);
    }

    private RecordCodec(String name, TypeRegistry types, int level) {
        super(name);
        this.types = types;
        this.level = level;
    }

    private @Nullable FieldCodec<?> field(int type) {
        if (type != RECORD && type != RECORDS) {
            return types.codec(type);
        }
        if (level == MOST_LEVELS) {
            throw badBinary("records in each other at more than " + MOST_LEVELS + " levels, expected fewer");
        }
        RecordCodec inner = new RecordCodec(name(), types, level + 1);
        return type == RECORD ? inner : new ArrayCodec<>(types.typeName(type), RECORD, inner, ',');
    }

    @Override
    RowPlan plan(int[] oids) {
        Known known = last;
        if (known == null || !Arrays.equals(known.types, oids)) {
            @Nullable FieldCodec<?>[] codecs = new FieldCodec<?>[oids.length];
            List<Column> columns = new ArrayList<>(oids.length);
            for (int i = 0; i < oids.length; i++) {
                codecs[i] = field(oids[i]);
                columns.add(RowPlan.field("f" + (i + 1), oids[i], types.typeName(oids[i])));
            }
            known = new Known(oids, RowPlan.ofFields(columns, codecs, types, Format.BINARY));
            if (!Arrays.asList(codecs).contains(null)) {
                // What is not known yet may be later.
                last = known;
            }
        }
        return known.plan;
    }

    @Override
    RowPlan textPlan(int count) {
        List<Column> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(RowPlan.field("f" + (i + 1), 0, "unknown"));
        }
        return RowPlan.ofFields(columns, new FieldCodec<?>[count], types, Format.TEXT);
    }

    /** What its fields are, each value says. */
    @Override
    boolean fits(Class<? extends Record> record) {
        return true;
    }

    @Override
    public boolean accepts(Object value) {
        return false;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        throw new UnsupportedOperationException("the server takes no parameter of type record");
    }

    @Override
    public String expected() {
        return "a value of a type with a name: the server takes none of type record";
    }
}
