package dev.pgwire.row;

import dev.pgwire.error.InterfaceException;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of a result, with the getters of {@link Fields}. It may be kept for ever and handed to any thread. */
public interface Row extends Fields {
    /** The number of columns. */
    int size();

    /** The columns. */
    List<Column> columns();

    /** All columns, each as {@link #get(int)} gives it. */
    default @Nullable Object[] toArray() {
        @Nullable Object[] values = new @Nullable Object[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i);
        }
        return values;
    }

    /**
     * The columns by name, in their order, each as {@link #get(int)} gives it.
     *
     * @throws InterfaceException if two columns have the same name
     */
    default Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        List<Column> columns = columns();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            indexOf(name);
            map.put(name, get(i));
        }
        return map;
    }

    /**
     * The row as a record: each component takes the column of its name, as {@code Cursor.fetchAll(Class)} has it.
     *
     * @throws InterfaceException if a component has no column, or several, or is a primitive and its column NULL, or if the module
     *     of the record keeps it from the driver
     */
    default <T extends Record> T to(Class<T> type) {
        return to(type, null);
    }

    /**
     * As {@link #to(Class)}, for a record that may be private, in a package that its module neither opens nor exports.
     *
     * @param lookup of a class that may make the record: {@code MethodHandles.lookup()}. It serves for the records inside, too. Null
     *     for none
     */
    <T extends Record> T to(Class<T> type, MethodHandles.@Nullable Lookup lookup);

    /**
     * Whether another row of the driver has the same content: as many columns, and for each of them the same name, the same
     * type (by its oid), the same format, and the same bytes as the server sent them, or NULL in both.
     *
     * <p>So {@code 1.0} and {@code 1.00} of a numeric differ, and so do values that came as text, as {@code executeSimple}
     * and {@code prepare=never} have them, and those that came in binary. The table that a column comes from and the modifier
     * of its type do not count.
     */
    @Override
    boolean equals(@Nullable Object other);

    /** A hash of the values' bytes. */
    @Override
    int hashCode();

    /** The row like a tuple: {@code (1, 'Ada', null)}. */
    @Override
    String toString();
}
