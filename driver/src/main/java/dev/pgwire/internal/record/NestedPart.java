package dev.pgwire.internal.record;

import dev.pgwire.row.Row;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A component that is a record, of which each component has a part: {@code address_city} is the city of the address. If all of its
 * columns are NULL, as an outer join has them, there is no such record.
 */
record NestedPart(RecordComponent component, ComponentType type, List<Part> parts) implements Part {
    private static final int BEGINS = Integer.MIN_VALUE;
    private static final MethodHandle HAS_VALUE = hasValue();

    @Override
    public MethodHandle getter(MethodHandles.@Nullable Lookup lookup) {
        Class<?> record = type.raw();
        MethodHandle value = RecordMapper.ofRow(record, parts, lookup);
        int[] columns = columns();
        if (columns.length > 0) {
            value = MethodHandles.guardWithTest(
                    MethodHandles.insertArguments(HAS_VALUE, 0, (Object) columns),
                    value,
                    MethodHandles.dropArguments(MethodHandles.constant(record, null), 0, Row.class));
        }
        return type.isOptional() ? ComponentGetters.optional(value) : value;
    }

    private int[] columns() {
        List<ColumnPart> columns = new ArrayList<>();
        addColumns(columns);
        return columns.stream().mapToInt(ColumnPart::column).toArray();
    }

    @Override
    public void addTo(List<Integer> shape) {
        shape.add(BEGINS);
        for (Part part : parts) {
            part.addTo(shape);
        }
    }

    @Override
    public void addColumns(List<ColumnPart> columns) {
        for (Part part : parts) {
            part.addColumns(columns);
        }
    }

    private static boolean hasValue(int[] columns, Row row) {
        for (int column : columns) {
            if (!row.isNull(column)) {
                return true;
            }
        }
        return false;
    }

    private static MethodHandle hasValue() {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            NestedPart.class, "hasValue", MethodType.methodType(boolean.class, int[].class, Row.class));
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
