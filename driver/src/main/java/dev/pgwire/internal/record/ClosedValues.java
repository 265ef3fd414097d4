package dev.pgwire.internal.record;

import dev.pgwire.row.Row;
import dev.pgwire.type.PgArray;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of composite types, and Lists and arrays of them, as records that only a lookup lets the driver make. */
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
        Type wanted = type.generic() == null ? type.raw() : type.generic().type();
        Object natural = type.raw() == PgArray.class ? row.get(column, PgArray.class) : row.get(column);
        if (natural != null && isOfRows(natural, wanted)) {
            return made(natural, wanted, lookup);
        }
        // No Row is a record here, as where the program has a conversion for the record; or the two do not fit, which
        // is said.
        return type.generic() == null ? row.get(column, type.raw()) : row.get(column, type.generic());
    }

    /** Whether a value has Rows where the type has records, and nothing else. */
    private static boolean isOfRows(@Nullable Object natural, Type type) {
        if (natural == null) {
            return true;
        }
        if (natural instanceof Row) {
            return type instanceof Class<?> record && record.isRecord();
        }
        Type element = element(type);
        Collection<?> values =
                natural instanceof PgArray<?> array ? array.elements() : natural instanceof List<?> list ? list : null;
        return element != null && values != null && values.stream().allMatch(each -> isOfRows(each, element));
    }

    private static @Nullable Type element(Type type) {
        return type instanceof ParameterizedType given
                ? ComponentType.bound(given.getActualTypeArguments()[0])
                : type instanceof Class<?> array ? array.getComponentType() : null;
    }

    private static @Nullable Object made(@Nullable Object natural, Type type, MethodHandles.Lookup lookup) {
        if (natural instanceof Row row && type instanceof Class<?> record) {
            return row.to(record.asSubclass(Record.class), lookup);
        }
        Type element = element(type);
        if (natural instanceof PgArray<?> array && element != null) {
            return new PgArray<@Nullable Object>(
                    made(array.elements(), element, lookup), array.lengths(), array.lowerBounds());
        }
        if (natural instanceof List<?> list && element != null) {
            List<@Nullable Object> values = made((Collection<?>) list, element, lookup);
            return type instanceof Class<?> array
                    ? values.toArray((Object[]) Array.newInstance(array.getComponentType(), 0))
                    : values;
        }
        return natural;
    }

    private static List<@Nullable Object> made(Collection<?> values, Type type, MethodHandles.Lookup lookup) {
        List<@Nullable Object> made = new ArrayList<>(values.size());
        for (Object each : values) {
            made.add(made(each, type, lookup));
        }
        return Collections.<@Nullable Object>unmodifiableList(made);
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
