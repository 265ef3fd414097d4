package dev.pgwire.type;

import dev.pgwire.error.InterfaceException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Java type with its type arguments, which a class literal cannot have: {@code new TypeRef<List<Integer>>() {}}, with the
 * braces. All threads may use one and the same.
 *
 * <p>It takes every class, and of types with arguments these, nested as the server's types are: {@code List} and {@code
 * Collection} for arrays (a List of Lists for two dimensions), {@link PgArray}, {@link Range}, {@link Multirange}, and {@code
 * Map<String, String>} for hstore. {@code List<?>} is a list of whatever is natural for the elements.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {
    private static final Set<Class<?>> TAKEN =
            Set.of(List.class, Collection.class, PgArray.class, Range.class, Multirange.class);

    private final Type type;

    /**
     * The type that stands between the angle brackets of the subclass.
     *
     * @throws InterfaceException if there is none, or one that is not taken
     */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType direct)
                || direct.getRawType() != TypeRef.class) {
            throw new InterfaceException("a TypeRef without a type, expected new TypeRef<List<Integer>>() {}");
        }
        type = direct.getActualTypeArguments()[0];
        check(type, type);
    }

    private TypeRef(Type type) {
        check(type, type);
        this.type = type;
    }

    /**
     * The type that reflection tells, for example of a field or a parameter.
     *
     * @throws InterfaceException if it is not one that is taken
     */
    public static TypeRef<?> of(Type type) {
        return new TypeRef<Object>(type) {};
    }

    private static void check(Type part, Type whole) {
        if (part instanceof Class<?>) {
            return;
        }
        if (part instanceof WildcardType wildcard) {
            check(wildcard.getUpperBounds()[0], whole);
            return;
        }
        if (part instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Map.class && holdsText(arguments[0]) && holdsText(arguments[1])) {
                return;
            }
            if (generic.getRawType() instanceof Class<?> raw && TAKEN.contains(raw)) {
                check(arguments[0], whole);
                return;
            }
        }
        throw new InterfaceException(
                "TypeRef<" + whole.getTypeName() + "> has " + part.getTypeName()
                        + ", expected a class, or a List, Collection, PgArray, Range or Multirange of one, or Map<String, String>");
    }

    private static boolean holdsText(Type argument) {
        return argument instanceof Class<?> given && given.isAssignableFrom(String.class)
                || argument instanceof WildcardType wildcard && holdsText(wildcard.getUpperBounds()[0]);
    }

    /**
     * The type.
     *
     * @return a Class, or a ParameterizedType
     */
    public final Type type() {
        return type;
    }

    /** Whether another one stands for the same type. */
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof TypeRef<?> ref && type.equals(ref.type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    /**
     * The name of the type.
     *
     * @return for example {@code java.util.List<java.lang.Integer>}
     */
    @Override
    public final String toString() {
        return type.getTypeName();
    }
}
