package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.session.NamedSql;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sets of values of an executeMany, each in the order of the statement's parameters. */
final class ParameterSets implements Iterator<@Nullable Object[]> {
    private final Iterator<?> source;
    private final @Nullable NamedSql named;
    private @Nullable Object next;
    private boolean has;
    private long position;

    /**
     * Sets, of which the first was looked at already.
     *
     * @param named the statement, if its parameters have names
     */
    ParameterSets(@Nullable Object first, Iterator<?> source, @Nullable NamedSql named) {
        this.source = source;
        this.named = named;
        this.next = first;
        this.has = first != null;
    }

    @Override
    public boolean hasNext() {
        return has;
    }

    @Override
    public @Nullable Object[] next() {
        @Nullable Object[] values = values(next);
        position++;
        has = source.hasNext();
        next = has ? source.next() : null;
        return values;
    }

    private @Nullable Object[] values(@Nullable Object set) {
        if (named == null && set instanceof Object[] array) {
            return array;
        }
        if (named == null && set instanceof List<?> list) {
            return list.toArray();
        }
        if (named != null && set instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // A key that is no String is no name, and finds no parameter.
            Map<String, ?> byName = (Map<String, ?>) map;
            return named.values(byName);
        }
        if (named != null && set instanceof Record record) {
            return named.values(NamedSql.components(record));
        }
        throw new InterfaceException("set " + position + " of the values is "
                + (set == null ? "null" : "a " + set.getClass().getSimpleName()) + ", expected "
                + (named == null ? "an Object[] or a List" : "a Map or a record, as the first one is"));
    }
}
