package dev.pgwire.internal.record;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.row.Row;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A component that takes a column.
 *
 * @param path the component's name, behind those of the components that it is in
 * @param column the column's number, {@link #NONE} or {@link #SEVERAL}
 * @param isDirect whether the getter of Row that is named after the type serves it
 */
record ColumnPart(RecordComponent component, String path, ComponentType type, int column, boolean isDirect)
        implements Part {
    /** There is no column of that name. */
    static final int NONE = -1;

    /** There are several columns of that name. */
    static final int SEVERAL = -2;

    @Override
    public MethodHandle getter(MethodHandles.@Nullable Lookup lookup) {
        return ComponentGetters.of(this, lookup);
    }

    @Override
    public void addTo(List<Integer> shape) {
        shape.add(isDirect ? column : ~column);
    }

    @Override
    public void addColumns(List<ColumnPart> columns) {
        columns.add(this);
    }

    /** Whether the value of a row cannot be had as this type. */
    boolean fails(Row row) {
        try {
            if (type.generic() != null) {
                row.get(column, type.generic());
            } else {
                row.get(column, ComponentGetters.boxed(type.raw()));
            }
            return false;
        } catch (DataException unreadable) {
            return true;
        } catch (InterfaceException notLetIn) {
            // It is asked without the lookup of the mapper.
            return false;
        }
    }
}
