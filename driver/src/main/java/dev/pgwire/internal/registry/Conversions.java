package dev.pgwire.internal.registry;

import dev.pgwire.type.Conversion;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The conversions of a program, as codecs use them. */
final class Conversions {
    private final Map<Class<?>, Conversion<?, ?>> byClass;
    /** Those of interfaces, which are not found by going from a class to its superclasses. */
    private final List<Conversion<?, ?>> ofInterfaces;

    private Conversions(Map<Class<?>, Conversion<?, ?>> byClass) {
        this.byClass = byClass;
        ofInterfaces = byClass.values().stream()
                .filter(conversion -> conversion.javaType().isInterface())
                .sorted(Comparator.comparing(conversion -> conversion.javaType().getName()))
                .toList();
    }

    /** Those that a program has registered; null if there are none. */
    static @Nullable Conversions of(ProgramCodecs registered) {
        return registered.conversions().isEmpty() ? null : new Conversions(registered.conversions());
    }

    /** The class that is read for a wanted one; null if that is not converted. */
    @Nullable
    Class<?> baseOf(Class<?> target) {
        Conversion<?, ?> conversion = byClass.get(target);
        return conversion == null ? null : conversion.baseType();
    }

    /** A value of the wanted class, of what was read. */
    @SuppressWarnings("unchecked") // What was read is of the class that the conversion wants.
    <V> V read(Class<V> target, Object base) {
        Conversion<V, Object> conversion =
                (Conversion<V, Object>) (Conversion<?, ?>) Objects.requireNonNull(byClass.get(target));
        return guarded(target, () -> conversion.read(base));
    }

    /** What is written for a value; the value itself, if it is not converted. */
    Object base(Object value) {
        // The constants of an enum may be of classes of their own.
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
            Conversion<?, ?> conversion = byClass.get(type);
            if (conversion != null) {
                return write(conversion, type, value);
            }
        }
        Conversion<?, ?> nearest = ofInterfaces.isEmpty() ? null : ofInterface(value);
        return nearest == null ? value : write(nearest, nearest.javaType(), value);
    }

    /** That of the interface which extends the others, if the value has several. */
    private @Nullable Conversion<?, ?> ofInterface(Object value) {
        Conversion<?, ?> nearest = null;
        for (Conversion<?, ?> each : ofInterfaces) {
            if (each.javaType().isInstance(value)
                    && (nearest == null || nearest.javaType().isAssignableFrom(each.javaType()))) {
                nearest = each;
            }
        }
        return nearest;
    }

    @SuppressWarnings("unchecked") // It is registered under its class, of which the value is.
    private static Object write(Conversion<?, ?> conversion, Class<?> type, Object value) {
        return guarded(type, () -> ((Conversion<Object, ?>) conversion).write(value));
    }

    private static <V> V guarded(Class<?> type, Supplier<? extends @Nullable V> work) {
        return ProgramCode.call("the conversion that was registered for " + type.getSimpleName(), work);
    }
}
