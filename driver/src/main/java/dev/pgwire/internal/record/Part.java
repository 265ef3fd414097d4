package dev.pgwire.internal.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a component of a record gets its value from: a tree, decided once for a class and some columns. */
sealed interface Part permits ColumnPart, NestedPart {
    /** The component. */
    RecordComponent component();

    /**
     * The getter of the value: from a Row to the component's type.
     *
     * @param lookup lets in where a record is not open; null for none
     */
    MethodHandle getter(MethodHandles.@Nullable Lookup lookup);

    /** Adds what tells this part from that of other columns. */
    void addTo(List<Integer> shape);

    /** Adds the parts that are columns. */
    void addColumns(List<ColumnPart> columns);
}
