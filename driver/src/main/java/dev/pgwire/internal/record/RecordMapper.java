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
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes records of rows: each component takes the column of its name. */
public final class RecordMapper<T extends Record> implements RowMapper<T> {
    private final Class<T> type;
    private final List<Part> parts;
    private final MethodHandle ofRow;

    private RecordMapper(Class<T> type, List<Part> parts) {
        this.type = type;
        this.parts = parts;
        ofRow = ofRow(type, parts).asType(MethodType.methodType(Record.class, Row.class));
    }

    /** The mapper for rows of these columns, where none is kept yet. */
    static <T extends Record> RecordMapper<T> find(
            Class<T> type, List<Column> columns, @Nullable FieldCodec<?>[] codecs) {
        return RecordShapes.mapper(type, RecordParts.of(type, columns, codecs));
    }

    /** A new mapper. */
    static <T extends Record> RecordMapper<T> make(Class<T> type, List<Part> parts) {
        return new RecordMapper<>(type, parts);
    }

    /** A record's constructor, and in front of each of its parameters the getter of its part: from a Row to the record. */
    static MethodHandle ofRow(Class<?> type, List<Part> parts) {
        MethodHandle[] getters = parts.stream().map(Part::getter).toArray(MethodHandle[]::new);
        MethodHandle ofRows = MethodHandles.filterArguments(constructor(type), 0, getters);
        return MethodHandles.permuteArguments(ofRows, MethodType.methodType(type, Row.class), new int[getters.length]);
    }

    private static MethodHandle constructor(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            if (!constructor.trySetAccessible()) {
                throw ClosedRecord.refused(type);
            }
            return MethodHandles.lookup().unreflectConstructor(constructor);
        } catch (ReflectiveOperationException impossible) {
            throw new InterfaceException("record " + type.getName() + " has no canonical constructor", impossible);
        }
    }

    /** A name as it is compared: without case, underscores and dots. */
    public static String plain(String name) {
        return RecordParts.plain(name);
    }

    /** The class of the records. */
    Class<T> type() {
        return type;
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
