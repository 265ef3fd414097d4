package dev.pgwire.internal.record;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes records of rows: each component takes the column of its name. */
public final class RecordMapper<T extends Record> implements RowMapper<T> {
    private final Class<T> type;
    private final List<Part> parts;
    private final MethodHandle ofRow;
    /** What lets the driver in, where the record or one inside is closed to it; else null. */
    private final MethodHandles.@Nullable Lookup lookup;

    private RecordMapper(Class<T> type, List<Part> parts, MethodHandle ofRow, MethodHandles.@Nullable Lookup lookup) {
        this.type = type;
        this.parts = parts;
        this.ofRow = ofRow;
        this.lookup = lookup;
    }

    /** The mapper for rows of these columns, where none is kept yet. */
    static <T extends Record> RecordMapper<T> find(
            Class<T> type,
            MethodHandles.@Nullable Lookup lookup,
            List<Column> columns,
            @Nullable FieldCodec<?>[] codecs) {
        List<Part> parts = RecordParts.of(requireRecord(type), columns, codecs);
        Access access = Access.to(type, parts, lookup);
        return switch (access) {
            case OPEN -> RecordShapes.mapper(type, parts, null);
            case LET_IN -> RecordShapes.mapper(type, parts, lookup);
            case LET_IN_FOR_VALUES -> make(type, parts, lookup);
        };
    }

    /** The class, if it is that of a record: {@code Class<Record>} and what reflection gives get past the compiler. */
    public static Class<?> requireRecord(Class<?> type) {
        if (!type.isRecord()) {
            throw new InterfaceException(type.getName() + " is not the class of a record, expected one");
        }
        return type;
    }

    /** A new mapper. */
    static <T extends Record> RecordMapper<T> make(
            Class<T> type, List<Part> parts, MethodHandles.@Nullable Lookup lookup) {
        MethodHandle ofRow = ofRow(type, parts, lookup).asType(MethodType.methodType(Record.class, Row.class));
        return new RecordMapper<>(type, parts, ofRow, lookup);
    }

    /** The same for a lookup that lets in, too. */
    RecordMapper<T> with(MethodHandles.@Nullable Lookup other) {
        return other == lookup ? this : new RecordMapper<>(type, parts, ofRow, other);
    }

    /** A record's constructor, and in front of each of its parameters the getter of its part: from a Row to the record. */
    static MethodHandle ofRow(Class<?> type, List<Part> parts, MethodHandles.@Nullable Lookup lookup) {
        MethodHandle[] getters = parts.stream().map(part -> part.getter(lookup)).toArray(MethodHandle[]::new);
        MethodHandle ofRows = MethodHandles.filterArguments(RecordConstructor.of(type, lookup), 0, getters);
        return MethodHandles.permuteArguments(ofRows, MethodType.methodType(type, Row.class), new int[getters.length]);
    }

    /** A name as it is compared: without case, underscores and dots. */
    public static String plain(String name) {
        return RecordParts.plain(name);
    }

    /** The class of the records. */
    Class<T> type() {
        return type;
    }

    /** Whether it serves those who come with this lookup, or with none. */
    boolean serves(MethodHandles.@Nullable Lookup with) {
        return lookup == null || lookup == with;
    }

    @Override
    @SuppressWarnings("unchecked") // The handle is that of the class's constructor.
    public T map(Row row) {
        try {
            return (T) (Record) ofRow.invokeExact(row);
        } catch (DataException unreadable) {
            explain(unreadable, row);
            throw unreadable;
        } catch (RuntimeException | Error refused) {
            throw refused;
        } catch (Throwable failure) {
            throw new InterfaceException("a record could not be made", failure);
        }
    }

    /** Shows both sides, where a column's type is none that its component can be. */
    private void explain(DataException unreadable, Row row) {
        if (!DriverErrors.isOfTypes(unreadable)) {
            return;
        }
        List<ColumnPart> leaves = new ArrayList<>();
        for (Part part : parts) {
            part.addColumns(leaves);
        }
        for (ColumnPart leaf : leaves) {
            if (leaf.fails(row)) {
                DriverErrors.explain(unreadable, SideBySide.table(leaf, leaves, row.columns()));
                return;
            }
        }
    }
}
