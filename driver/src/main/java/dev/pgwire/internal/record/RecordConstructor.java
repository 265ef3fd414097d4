package dev.pgwire.internal.record;

import dev.pgwire.error.InterfaceException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The canonical constructors of records, and who may call them. */
final class RecordConstructor {
    private RecordConstructor() {}

    /** Whether the driver may call that of a class without being let in. */
    static boolean isOpen(Class<?> type) {
        return canonical(type).trySetAccessible();
    }

    /**
     * The constructor of a class.
     *
     * @param lookup lets in where the class is not open; null for none
     * @throws InterfaceException if neither the module nor the lookup lets in
     */
    static MethodHandle of(Class<?> type, MethodHandles.@Nullable Lookup lookup) {
        Constructor<?> constructor = canonical(type);
        MethodHandle found = constructor.trySetAccessible() ? by(MethodHandles.lookup(), constructor) : null;
        if (found == null && lookup != null) {
            found = by(lookup, constructor);
        }
        if (found == null && lookup != null) {
            found = by(privateIn(type, lookup), constructor);
        }
        if (found == null) {
            throw ClosedRecord.unmakeable(type);
        }
        return found;
    }

    private static @Nullable MethodHandle by(MethodHandles.@Nullable Lookup lookup, Constructor<?> constructor) {
        try {
            return lookup == null ? null : lookup.unreflectConstructor(constructor);
        } catch (IllegalAccessException refused) {
            return null;
        }
    }

    /** A lookup of the whole module reaches into all of its classes. */
    private static MethodHandles.@Nullable Lookup privateIn(Class<?> type, MethodHandles.Lookup lookup) {
        try {
            return MethodHandles.privateLookupIn(type, lookup);
        } catch (IllegalAccessException refused) {
            return null;
        }
    }

    private static Constructor<?> canonical(Class<?> type) {
        try {
            return type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException impossible) {
            throw new InterfaceException("record " + type.getName() + " has no canonical constructor", impossible);
        }
    }
}
