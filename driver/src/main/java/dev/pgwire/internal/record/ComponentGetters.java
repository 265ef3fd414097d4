package dev.pgwire.internal.record;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.BooleanCodec;
import dev.pgwire.internal.codec.DoubleCodec;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.internal.codec.text.TextCodec;
import dev.pgwire.row.Row;
import dev.pgwire.type.TypeRef;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What reads the column of a component. */
final class ComponentGetters {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle GET = of("get", MethodType.methodType(Object.class, int.class, Class.class));
    private static final MethodHandle GET_GENERIC =
            of("get", MethodType.methodType(Object.class, int.class, TypeRef.class));
    private static final MethodHandle PRESENT =
            ours("present", MethodType.methodType(Row.class, RecordComponent.class, int.class, Row.class));
    private static final MethodHandle OPTIONAL = ours("optional", MethodType.methodType(Optional.class, Object.class));

    private static final Map<Class<?>, MethodHandle> DIRECT = Map.ofEntries(
            direct("getInt", int.class),
            direct("getLong", long.class),
            direct("getShort", short.class),
            direct("getDouble", double.class),
            direct("getFloat", float.class),
            direct("getBoolean", boolean.class),
            direct("getString", String.class),
            direct("getBigDecimal", BigDecimal.class),
            direct("getLocalDate", LocalDate.class),
            direct("getLocalDateTime", LocalDateTime.class),
            direct("getOffsetDateTime", OffsetDateTime.class),
            direct("getUuid", UUID.class));

    private ComponentGetters() {}

    /**
     * Whether the getter of Row that is named after a type does for a column what {@code get(column, type)} does. That of a
     * primitive does not where it would round, or would say which getter to call instead; and none does for what the program
     * converts.
     */
    static boolean isDirect(Class<?> type, @Nullable FieldCodec<?> codec) {
        return codec == null ? isOwn(type, null) : !codec.converts(boxed(type)) && isOwn(type, codec.plain());
    }

    private static boolean isOwn(Class<?> type, @Nullable FieldCodec<?> codec) {
        if (type == String.class) {
            return codec == null || codec instanceof TextCodec || codec.javaType() != String.class;
        }
        return DIRECT.containsKey(type) && (!type.isPrimitive() || holds(type, codec));
    }

    private static boolean holds(Class<?> primitive, @Nullable FieldCodec<?> codec) {
        if (codec instanceof LongCodec || codec instanceof DoubleCodec || codec instanceof BooleanCodec) {
            Class<?> own = MethodType.methodType(codec.javaType()).unwrap().returnType();
            return own == primitive
                    || (primitive == int.class && own == short.class)
                    || (primitive == long.class && (own == int.class || own == short.class))
                    || (primitive == double.class && own == float.class);
        }
        return false;
    }

    /** The getter of a component's column: from a Row to the component's type. */
    static MethodHandle of(ColumnPart part, MethodHandles.@Nullable Lookup lookup) {
        ComponentType type = part.type();
        MethodHandle value = lookup != null && ClosedValues.mayBeIn(type)
                ? ClosedValues.getter(type, part.column(), lookup)
                : value(type, part.column(), part.isDirect());
        if (type.isOptional()) {
            return optional(value);
        }
        return type.raw().isPrimitive()
                ? MethodHandles.filterArguments(
                        value, 0, MethodHandles.insertArguments(PRESENT, 0, part.component(), part.column()))
                : value;
    }

    private static MethodHandle value(ComponentType type, int column, boolean isDirect) {
        MethodHandle getter = isDirect ? DIRECT.get(type.raw()) : null;
        if (getter != null) {
            return MethodHandles.insertArguments(getter, 1, column);
        }
        MethodHandle any = type.generic() != null
                ? MethodHandles.insertArguments(GET_GENERIC, 1, column, type.generic())
                : MethodHandles.insertArguments(GET, 1, column, boxed(type.raw()));
        return any.asType(MethodType.methodType(type.raw(), Row.class));
    }

    /** A getter of an Optional, which is empty where another one gives null. */
    static MethodHandle optional(MethodHandle value) {
        return MethodHandles.filterReturnValue(value.asType(value.type().changeReturnType(Object.class)), OPTIONAL);
    }

    private static Optional<Object> optional(@Nullable Object value) {
        return Optional.ofNullable(value);
    }

    static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    /** The row, if the column is not NULL. */
    private static Row present(RecordComponent component, int column, Row row) {
        if (row.isNull(column)) {
            String able = boxed(component.getType()).getSimpleName();
            throw new InterfaceException(
                    "column " + column + " \"" + row.columns().get(column).name()
                            + "\" is NULL, and component " + component.getName() + " of record "
                            + component.getDeclaringRecord().getSimpleName() + " is a primitive ("
                            + component.getType() + "), expected " + able + " or Optional<" + able + ">");
        }
        return row;
    }

    private static Map.Entry<Class<?>, MethodHandle> direct(String name, Class<?> type) {
        return Map.entry(type, of(name, MethodType.methodType(type, int.class)));
    }

    private static MethodHandle of(String name, MethodType type) {
        try {
            return LOOKUP.findVirtual(Row.class, name, type);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private static MethodHandle ours(String name, MethodType type) {
        try {
            return LOOKUP.findStatic(ComponentGetters.class, name, type);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
