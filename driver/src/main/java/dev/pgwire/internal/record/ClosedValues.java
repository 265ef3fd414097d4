package dev.pgwire.internal.record;

import dev.pgwire.row.Row;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of composite types, and Lists of them, as records that only a lookup lets the driver make. */
final class ClosedValues {
    private static final MethodHandle READ = read();

    private ClosedValues() {}

    /** Whether values of a type may have such records in them. */
    static boolean mayBeIn(ComponentType type) {
        Set<Class<?>> records = new HashSet<>();
        type.addRecords(records);
        return !records.stream().allMatch(RecordConstructor::isOpen);
    }

    /** The getter of a column: from a Row to a type. */
    static MethodHandle getter(ComponentType type, int column, MethodHandles.Lookup lookup) {
        return MethodHandles.insertArguments(READ, 0, type, column, lookup)
                .asType(MethodType.methodType(type.raw(), Row.class));
    }

    private static @Nullable Object read(ComponentType type, int column, MethodHandles.Lookup lookup, Row row) {
        Object natural = row.get(column);
        if (natural instanceof Row || natural instanceof List<?>) {
            return made(
                    natural,
                    type.generic() == null ? type.raw() : type.generic().type(),
                    lookup);
        }
        return type.generic() == null ? row.get(column, type.raw()) : row.get(column, type.generic());
    }

    private static @Nullable Object made(@Nullable Object natural, Type type, MethodHandles.Lookup lookup) {
        if (natural instanceof Row row && type instanceof Class<?> record && record.isRecord()) {
            return row.to(record.asSubclass(Record.class), lookup);
        }
        if (natural instanceof List<?> list && type instanceof ParameterizedType given) {
            Type element = ComponentType.bound(given.getActualTypeArguments()[0]);
            List<@Nullable Object> values = new ArrayList<>(list.size());
            for (Object each : list) {
                values.add(made(each, element, lookup));
            }
            return Collections.<@Nullable Object>unmodifiableList(values);
        }
        return natural;
    }

    private static MethodHandle read() {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            ClosedValues.class,
                            "read",
                            MethodType.methodType(
                                    Object.class,
                                    ComponentType.class,
                                    int.class,
                                    MethodHandles.Lookup.class,
                                    Row.class));
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
