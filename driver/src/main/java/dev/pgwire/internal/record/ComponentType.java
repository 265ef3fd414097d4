package dev.pgwire.internal.record;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.PgArray;
import dev.pgwire.type.Range;
import dev.pgwire.type.TypeRef;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a component holds.
 *
 * @param raw its class; that of the value, if that is optional
 * @param generic the same with type arguments, where these say how the value is read
 * @param isOptional whether it holds an Optional of that
 */
record ComponentType(Class<?> raw, @Nullable TypeRef<?> generic, boolean isOptional) {
    /** The classes of which the arguments say how the parts of a value are read. */
    private static final Set<Class<?>> MADE_OF_PARTS =
            Set.of(List.class, Collection.class, PgArray.class, Range.class, Multirange.class);

    /**
     * The type of a component.
     *
     * @throws InterfaceException if its arguments cannot be followed
     */
    static ComponentType of(RecordComponent component) {
        Type type = component.getGenericType();
        try {
            if (component.getType() != Optional.class) {
                return new ComponentType(component.getType(), generic(type), false);
            }
            Type value =
                    type instanceof ParameterizedType optional ? bound(optional.getActualTypeArguments()[0]) : type;
            return new ComponentType(type == value ? Object.class : raw(value), generic(value), true);
        } catch (InterfaceException unknown) {
            throw new InterfaceException(
                    "component " + component.getName() + " of record "
                            + component.getDeclaringRecord().getSimpleName()
                            + " cannot be read: " + unknown.getMessage(),
                    unknown);
        }
    }

    private static @Nullable TypeRef<?> generic(Type type) {
        return type instanceof ParameterizedType given
                        && given.getRawType() instanceof Class<?> raw
                        && MADE_OF_PARTS.contains(raw)
                        && bound(given.getActualTypeArguments()[0]) != Object.class
                        && !hasVariable(given)
                ? TypeRef.of(type)
                : null;
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType given && given.getRawType() instanceof Class<?> raw
                ? raw
                : Object.class;
    }

    /** A wildcard stands for its upper bound. */
    static Type bound(Type type) {
        return type instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : type;
    }

    /** Whether a parameter of the record's class stands in a type: what that is, nothing says. */
    private static boolean hasVariable(Type type) {
        if (type instanceof ParameterizedType given) {
            for (Type argument : given.getActualTypeArguments()) {
                if (hasVariable(bound(argument))) {
                    return true;
                }
            }
            return false;
        }
        return !(type instanceof Class<?>) && !(type instanceof GenericArrayType);
    }

    /** Adds the classes of records of which values of this type may be made. */
    void addRecords(Set<Class<?>> records) {
        addRecords(raw, records);
        if (generic != null) {
            addRecords(generic.type(), records);
        }
    }

    private static void addRecords(Type type, Set<Class<?>> records) {
        if (type instanceof Class<?> plain && plain.isRecord()) {
            records.add(plain);
        } else if (type instanceof Class<?> array && array.isArray()) {
            addRecords(array.getComponentType(), records);
        } else if (type instanceof ParameterizedType given) {
            addRecords(bound(given.getActualTypeArguments()[0]), records);
        }
    }

    /** Whether the columns of a record may stand for the value. */
    boolean isRecord() {
        return raw.isRecord();
    }
}
