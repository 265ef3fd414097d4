package dev.pgwire.internal.record;

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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes records of rows: each component takes the column of its name. */
public final class RecordMapper<T extends Record> implements RowMapper<T> {
    private final Class<T> type;
    private final MethodHandle ofRow;

    private RecordMapper(Class<T> type, MethodHandle ofRow) {
        this.type = type;
        this.ofRow = ofRow;
    }

    /** The mapper for rows of these columns, where none is kept yet. */
    static <T extends Record> RecordMapper<T> find(
            Class<T> type, List<Column> columns, @Nullable FieldCodec<?>[] codecs) {
        RecordComponent[] components = type.getRecordComponents();
        int[] places = new int[components.length];
        boolean[] direct = new boolean[components.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = find(components[i], type, columns);
            direct[i] = ComponentGetters.isDirect(components[i].getType(), codecs[places[i]]);
        }
        return RecordShapes.mapper(type, places, direct);
    }

    /** A new mapper: the constructor, and in front of each of its parameters the getter of its column. */
    static <T extends Record> RecordMapper<T> make(Class<T> type, int[] columns, boolean[] direct) {
        RecordComponent[] components = type.getRecordComponents();
        MethodHandle[] getters = new MethodHandle[components.length];
        for (int i = 0; i < getters.length; i++) {
            getters[i] = ComponentGetters.of(components[i], columns[i], direct[i]);
        }
        MethodHandle ofRows = MethodHandles.filterArguments(constructor(type, components), 0, getters);
        MethodHandle ofRow =
                MethodHandles.permuteArguments(ofRows, MethodType.methodType(type, Row.class), new int[getters.length]);
        return new RecordMapper<>(type, ofRow.asType(MethodType.methodType(Record.class, Row.class)));
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            if (!constructor.trySetAccessible()) {
                throw ClosedRecord.refused(type);
            }
            return MethodHandles.lookup().unreflectConstructor(constructor);
        } catch (ReflectiveOperationException impossible) {
            throw new InterfaceException("record " + type.getName() + " has no canonical constructor", impossible);
        }
    }

    private static int find(RecordComponent component, Class<?> type, List<Column> columns) {
        int found = -1;
        for (int i = 0; i < columns.size(); i++) {
            if (plain(columns.get(i).name()).equals(plain(component.getName()))) {
                if (found >= 0) {
                    throw new InterfaceException("component " + component.getName() + " of record "
                            + type.getSimpleName() + " could take column " + found + " or " + i
                            + ", expected one column of that name");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw new InterfaceException("component " + component.getName() + " of record " + type.getSimpleName()
                    + " has no column; the components are "
                    + Arrays.stream(type.getRecordComponents())
                            .map(RecordComponent::getName)
                            .toList()
                    + ", the columns " + columns.stream().map(Column::name).toList());
        }
        return found;
    }

    /** A name as it is compared: without case and underscores. */
    public static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
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
        } catch (RuntimeException | Error refused) {
            throw refused;
        } catch (Throwable failure) {
            throw new InterfaceException("a record could not be made", failure);
        }
    }
}
