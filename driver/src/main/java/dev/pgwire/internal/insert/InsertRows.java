package dev.pgwire.internal.insert;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.record.ComponentReader;
import dev.pgwire.internal.sql.ClassName;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of an insert, each in the order of the columns. */
public final class InsertRows implements Iterator<@Nullable Object[]> {
    private final List<String> columns;
    private final Iterator<?> source;
    private final ComponentReader[] readers;
    /** The record class that the readers are of. */
    private @Nullable Class<?> shape;

    private long position;

    /** Rows of an Iterable's iterator. */
    public InsertRows(List<String> columns, Iterator<?> source) {
        this.columns = columns;
        this.source = source;
        this.readers = new ComponentReader[columns.size()];
    }

    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    /** Asks for a row no sooner than it is wanted: its maker may use the same array for all. */
    @Override
    public @Nullable Object[] next() {
        Object row = source.next();
        @Nullable Object[] values;
        if (row instanceof Object[] array) {
            values = array;
        } else if (row instanceof List<?> list) {
            values = list.toArray();
        } else if (row instanceof Map<?, ?> map) {
            values = values(map);
        } else if (row instanceof Record record) {
            values = values(record);
        } else {
            throw new InterfaceException("row " + position + " is "
                    + (row == null ? "null" : ClassName.withArticle(row))
                    + ", expected an Object[], a List, a Map or a record");
        }
        position++;
        return values;
    }

    private @Nullable Object[] values(Map<?, ?> row) {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(columns.get(i));
            if (values[i] == null && !row.containsKey(columns.get(i))) {
                throw new InterfaceException("row " + position + " has no value for column \"" + columns.get(i)
                        + "\", expected one for each of " + columns + ", null for NULL");
            }
        }
        return values;
    }

    private @Nullable Object[] values(Record row) {
        if (row.getClass() != shape) {
            shape = row.getClass();
            for (int i = 0; i < readers.length; i++) {
                readers[i] = reader(row.getClass(), columns.get(i));
            }
        }
        @Nullable Object[] values = new @Nullable Object[readers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = readers[i].read(row);
        }
        return values;
    }

    /** The component for a column; as when records are read, {@code userName} serves {@code user_name}. */
    private static ComponentReader reader(Class<?> type, String column) {
        RecordComponent[] components = type.getRecordComponents();
        List<RecordComponent> named = Arrays.stream(components)
                .filter(component -> component.getName().equals(column))
                .toList();
        if (named.isEmpty()) {
            named = Arrays.stream(components)
                    .filter(component -> plain(component.getName()).equals(plain(column)))
                    .toList();
        }
        if (named.size() != 1) {
            throw new InterfaceException("the record " + type.getSimpleName() + " has "
                    + (named.isEmpty() ? "no component" : named.size() + " components") + " for column \"" + column
                    + "\", expected one; its components are "
                    + Arrays.stream(components).map(RecordComponent::getName).toList());
        }
        return ComponentReader.of(named.get(0));
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
