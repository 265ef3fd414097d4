package dev.pgwire.internal.row;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NearestName;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.record.RecordMapper;
import dev.pgwire.internal.record.RecordMappers;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.row.Column;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the columns of a result are decoded: chosen once per RowDescription, kept with the statement. */
public final class RowPlan {
    /** No width: values of the column differ in their lengths. */
    public static final int VARYING = Integer.MIN_VALUE;

    private static final int AMBIGUOUS = -1;
    private static final int MOST_SHOWN = 10;

    private final List<Column> columns;
    final @Nullable FieldCodec<?>[] codecs;
    /** What converts to classes of the program, too; the same ones, if it has registered no conversions. */
    final @Nullable FieldCodec<?>[] converting;

    final Format[] formats;
    final Reading[] readings;
    final int[] usualWidths;
    private final RecordMappers mappers;
    private volatile @Nullable Map<String, Integer> indexByName;

    private RowPlan(
            List<Column> columns, @Nullable FieldCodec<?>[] codecs, @Nullable FieldCodec<?> uncoded, Format[] formats) {
        this.columns = columns;
        this.codecs = plain(codecs);
        this.converting = uncoded == null ? codecs : codecs.clone();
        this.formats = formats;
        this.readings = new Reading[formats.length];
        this.usualWidths = new int[formats.length];
        this.mappers = new RecordMappers(columns, converting);
        for (int i = 0; i < formats.length; i++) {
            readings[i] = Reading.of(this.codecs[i], formats[i]);
            int width = columns.get(i).typeLength();
            usualWidths[i] = width > 0 && formats[i] == Format.BINARY ? width : VARYING;
            if (codecs[i] == null && formats[i] == Format.TEXT) {
                converting[i] = uncoded;
            }
        }
    }

    /** The codecs that know the bytes: getters of primitives look what they are. */
    private static @Nullable FieldCodec<?>[] plain(@Nullable FieldCodec<?>[] codecs) {
        @Nullable FieldCodec<?>[] plain = codecs;
        for (int i = 0; i < codecs.length; i++) {
            FieldCodec<?> codec = codecs[i];
            if (codec != null && codec.plain() != codec) {
                plain = plain == codecs ? codecs.clone() : plain;
                plain[i] = codec.plain();
            }
        }
        return plain;
    }

    /** A plan for the columns of a description, in the formats that it says. */
    static RowPlan asDescribed(RowDescription description, TypeRegistry types) {
        return of(description, types, false);
    }

    /** A plan for the columns of a description, in the formats that the codecs want, and text where there is none. */
    static RowPlan asWanted(RowDescription description, TypeRegistry types) {
        return of(description, types, true);
    }

    private static RowPlan of(RowDescription description, TypeRegistry types, boolean asWanted) {
        List<RowDescription.Field> fields = description.fields();
        List<Column> columns = new ArrayList<>(fields.size());
        @Nullable FieldCodec<?>[] codecs = new FieldCodec<?>[fields.size()];
        Format[] formats = new Format[fields.size()];
        for (int i = 0; i < formats.length; i++) {
            RowDescription.Field field = fields.get(i);
            columns.add(new Column(
                    field.name(),
                    Integer.toUnsignedLong(field.typeOid()),
                    types.typeName(field.typeOid()),
                    Integer.toUnsignedLong(field.tableOid()),
                    field.attribute(),
                    field.typeLength(),
                    field.typeModifier()));
            FieldCodec<?> codec = types.codec(field.typeOid());
            formats[i] = !asWanted ? field.format() : codec == null ? Format.TEXT : codec.wanted();
            codecs[i] = codec;
        }
        return new RowPlan(List.copyOf(columns), codecs, types.uncoded(), formats);
    }

    /** The same columns in the same formats, with what is known of their types. */
    RowPlan with(TypeRegistry types) {
        List<Column> named = new ArrayList<>(columns.size());
        @Nullable FieldCodec<?>[] known = new FieldCodec<?>[formats.length];
        for (int i = 0; i < formats.length; i++) {
            Column column = columns.get(i);
            int oid = typeOid(i);
            named.add(new Column(
                    column.name(),
                    column.typeOid(),
                    types.typeName(oid),
                    column.tableOid(),
                    column.attribute(),
                    column.typeLength(),
                    column.typeModifier()));
            known[i] = types.codec(oid);
        }
        return new RowPlan(List.copyOf(named), known, types.uncoded(), formats);
    }

    /** The same columns, all of them in one format. */
    RowPlan allIn(Format format, TypeRegistry types) {
        Format[] all = formats.clone();
        Arrays.fill(all, format);
        @Nullable FieldCodec<?>[] known = new FieldCodec<?>[all.length];
        for (int i = 0; i < all.length; i++) {
            known[i] = types.codec(typeOid(i));
        }
        return new RowPlan(columns, known, types.uncoded(), all);
    }

    /** A plan for the fields of a row inside of a field, all in one format. */
    static RowPlan ofFields(List<Column> columns, @Nullable FieldCodec<?>[] codecs, TypeRegistry types, Format format) {
        Format[] formats = new Format[codecs.length];
        Arrays.fill(formats, format);
        return new RowPlan(List.copyOf(columns), codecs, types.uncoded(), formats);
    }

    /** The column that stands for such a field. */
    static Column field(String name, int type, String typeName) {
        return new Column(name, Integer.toUnsignedLong(type), typeName, 0, 0, -1, -1);
    }

    /** Whether it is the plan for rows that come as the description says, formats included. */
    public boolean fits(RowDescription description) {
        List<RowDescription.Field> fields = description.fields();
        if (fields.size() != formats.length) {
            return false;
        }
        for (int i = 0; i < formats.length; i++) {
            RowDescription.Field field = fields.get(i);
            Column column = columns.get(i);
            if (Integer.toUnsignedLong(field.typeOid()) != column.typeOid()
                    || field.format() != formats[i]
                    || field.typeModifier() != column.typeModifier()
                    || Integer.toUnsignedLong(field.tableOid()) != column.tableOid()
                    || field.attribute() != column.attribute()
                    || field.typeLength() != column.typeLength()
                    || !field.name().equals(column.name())) {
                return false;
            }
        }
        return true;
    }

    /** Whether rows of the two can have the same content: columns of the same names and types, in the same formats. */
    boolean isLike(RowPlan other) {
        if (other == this) {
            return true;
        }
        if (!Arrays.equals(formats, other.formats)) {
            return false;
        }
        for (int i = 0; i < formats.length; i++) {
            Column one = columns.get(i);
            Column two = other.columns.get(i);
            if (one.typeOid() != two.typeOid() || !one.name().equals(two.name())) {
                return false;
            }
        }
        return true;
    }

    /** The columns. */
    public List<Column> columns() {
        return columns;
    }

    /** The names of the first columns, for messages. */
    public List<String> shownNames() {
        List<String> names = new ArrayList<>();
        for (Column column : columns) {
            if (names.size() == MOST_SHOWN) {
                names.add("...");
                break;
            }
            names.add(column.name());
        }
        return names;
    }

    /** The number of columns. */
    public int size() {
        return formats.length;
    }

    /** The format of each column. Not to be changed. */
    public Format[] formats() {
        return formats;
    }

    /** The oid of a column's type. */
    public int typeOid(int column) {
        return (int) columns.get(column).typeOid();
    }

    /** The number of the column with a name. */
    public int indexOf(String name) {
        Map<String, Integer> index = indexByName;
        if (index == null) {
            index = new HashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                index.merge(columns.get(i).name(), i, (first, second) -> AMBIGUOUS);
            }
            indexByName = index;
        }
        Integer found = index.get(name);
        if (found == null) {
            throw new InterfaceException("the result has no column \"" + name + "\""
                    + (index.isEmpty() ? "" : ", did you mean \"" + NearestName.of(name, index.keySet()) + "\"?"));
        }
        if (found == AMBIGUOUS) {
            throw new InterfaceException("the result has several columns \"" + name
                    + "\", expected the column's number, or a name given with AS");
        }
        return found;
    }

    /** How many bytes the values of each column usually have, or {@link #VARYING}. Not to be changed. */
    public int[] usualWidths() {
        return usualWidths;
    }

    /** The codec of a column; null if its type has none. */
    public @Nullable FieldCodec<?> codec(int column) {
        return codecs[column];
    }

    /** A value of a column that came as text, by its own codec and not converted. Apart from the binary way, which stays small. */
    <T> T text(int column, FieldCodec<T> codec, byte[] bytes, int at, int length) {
        try {
            return codec.decodeText(bytes, at, length);
        } catch (DataException unreadable) {
            throw DriverErrors.in(describe(column) + ": ", unreadable);
        }
    }

    /** A value of a column as text. */
    public String text(int column, byte[] bytes, int at, int length) {
        FieldCodec<?> codec = codecs[column];
        return codec == null
                ? Uncoded.text(bytes, at, length, formats[column])
                : codec.textOf(bytes, at, length, formats[column]);
    }

    /** A value of a column as a class. */
    <T> T as(int column, byte[] bytes, int at, int length, Class<T> type) {
        FieldCodec<?> codec = converting[column];
        return codec != null
                ? codec.decodeAs(bytes, at, length, formats[column], type)
                : Uncoded.as(type, bytes, at, length, formats[column]);
    }

    /** A value of a column as a type, which may have type arguments. */
    Object typed(int column, byte[] bytes, int at, int length, Type type) {
        FieldCodec<?> codec = converting[column];
        return codec != null
                ? codec.decodeTyped(bytes, at, length, formats[column], type)
                : Uncoded.typed(type, bytes, at, length, formats[column]);
    }

    /** As {@link #mapper(Class, MethodHandles.Lookup)}, of a class that is open to the driver. */
    public <T extends Record> RecordMapper<T> mapper(Class<T> type) {
        return mappers.of(type, null);
    }

    /**
     * What makes records of the rows.
     *
     * @param lookup lets the driver in where the class is not open; null for none
     * @throws InterfaceException if a component has no column, or the record cannot be made
     */
    public <T extends Record> RecordMapper<T> mapper(Class<T> type, MethodHandles.@Nullable Lookup lookup) {
        return mappers.of(type, lookup);
    }

    /** Why records of a class cannot be made of the rows, whatever values these have; null if they can. */
    public @Nullable InterfaceException misfit(Class<?> type) {
        return mappers.misfit(type);
    }

    /** What messages call a column: {@code column 2 "price" (numeric)}. */
    public String describe(int column) {
        Column c = columns.get(column);
        return "column " + column + " \"" + c.name() + "\" (" + c.typeName() + ")";
    }
}
