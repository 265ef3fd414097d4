package dev.pgwire.internal.record;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.util.List;

/** Where a component of a record gets its value from: a tree, decided once for a class and some columns. */
sealed interface Part permits ColumnPart, NestedPart {
    /** The component. */
    RecordComponent component();

    /** The getter of the value: from a Row to the component's type. */
    MethodHandle getter();

    /** Adds what tells this part from that of other columns. */
    void addTo(List<Integer> shape);

    /** Adds the parts that are columns. */
    void addColumns(List<ColumnPart> columns);
}
