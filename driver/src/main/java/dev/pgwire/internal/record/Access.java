package dev.pgwire.internal.record;

import dev.pgwire.error.InterfaceException;
import java.lang.invoke.MethodHandles;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the driver may make the records of a class, and those inside. */
enum Access {
    /** Without more. */
    OPEN,
    /** By a lookup. */
    LET_IN,
    /** By a lookup, which it needs also for records in the values of columns. */
    LET_IN_FOR_VALUES;

    /**
     * The access to a class that has these parts.
     *
     * @throws InterfaceException if the lookup does not let in
     */
    static Access to(Class<?> type, List<Part> parts, MethodHandles.@Nullable Lookup lookup) {
        if (lookup == null) {
            return OPEN;
        }
        Set<Class<?>> inValues = new HashSet<>();
        boolean open = isOpen(type, parts, lookup, inValues);
        for (Class<?> record : inValues) {
            if (!RecordConstructor.isOpen(record)) {
                return LET_IN_FOR_VALUES;
            }
        }
        return open ? OPEN : LET_IN;
    }

    private static boolean isOpen(
            Class<?> type, List<Part> parts, MethodHandles.Lookup lookup, Set<Class<?>> inValues) {
        boolean open = RecordConstructor.isOpen(type);
        if (!open) {
            RecordConstructor.of(type, lookup);
        }
        for (Part part : parts) {
            if (part instanceof NestedPart nested) {
                open &= isOpen(nested.type().raw(), nested.parts(), lookup, inValues);
            } else if (part instanceof ColumnPart column) {
                column.type().addRecords(inValues);
            }
        }
        return open;
    }
}
