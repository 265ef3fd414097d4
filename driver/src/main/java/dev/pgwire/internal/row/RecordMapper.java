package dev.pgwire.internal.row;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes records of rows: each component takes the column of its name. */
public final class RecordMapper<T extends Record> implements RowMapper<T> {
    private final Constructor<T> constructor;
    private final RecordComponent[] components;
    private final int[] columns;

    private RecordMapper(Constructor<T> constructor, RecordComponent[] components, int[] columns) {
        this.constructor = constructor;
        this.components = components;
        this.columns = columns;
    }

    /**
     * A mapper for the rows of a plan.
     *
     * @throws InterfaceException if a component has no column, or the record cannot be made
     */
    public static <T extends Record> RecordMapper<T> of(Class<T> type, RowPlan plan) {
        RecordComponent[] components = type.getRecordComponents();
        int[] columns = new int[components.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = find(components[i], type, plan);
        }
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            if (!constructor.trySetAccessible()) {
                throw new InterfaceException("the constructor of record " + type.getName()
                        + " is not accessible, expected a public record, or its package opened to dev.pgwire.driver");
            }
            return new RecordMapper<>(constructor, components, columns);
        } catch (NoSuchMethodException impossible) {
            throw new InterfaceException("record " + type.getName() + " has no canonical constructor", impossible);
        }
    }

    private static int find(RecordComponent component, Class<?> type, RowPlan plan) {
        List<Column> columns = plan.columns();
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

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public T map(Row row) {
        @Nullable Object[] values = new @Nullable Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            Class<?> type = components[i].getType();
            values[i] = row.get(columns[i], MethodType.methodType(type).wrap().returnType());
            if (values[i] == null && type.isPrimitive()) {
                throw new InterfaceException("component " + components[i].getName() + " is a primitive and column "
                        + columns[i] + " is NULL, expected a class such as Integer");
            }
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new InterfaceException("a record could not be made", failure.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new InterfaceException("a record could not be made", impossible);
        }
    }
}
