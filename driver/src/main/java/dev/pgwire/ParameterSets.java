package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.sql.ClassName;
import dev.pgwire.internal.sql.NamedSql;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sets of values of an executeMany, each in the order of the statement's parameters. */
final class ParameterSets implements Iterator<@Nullable Object[]> {
    private final Iterator<?> source;
    private final @Nullable NamedSql named;
    private @Nullable Object first;
    private boolean hasFirst;
    private long position;

    /**
     * Sets, of which the first was looked at already.
     *
     * @param hasFirst whether there was one
     * @param named the statement, if its parameters have names
     */
    ParameterSets(boolean hasFirst, @Nullable Object first, Iterator<?> source, @Nullable NamedSql named) {
        this.source = source;
        this.named = named;
        this.first = first;
        this.hasFirst = hasFirst;
    }

    @Override
    public boolean hasNext() {
        return hasFirst || source.hasNext();
    }

    /** Asks for a set no sooner than it is wanted: its maker may use the same array for all. */
    @Override
    public @Nullable Object[] next() {
        Object set = hasFirst ? first : source.next();
        hasFirst = false;
        first = null;
        @Nullable Object[] values = values(set);
        position++;
        return values;
    }

    private @Nullable Object[] values(@Nullable Object set) {
        if (named == null && set instanceof Object[] array) {
            return array;
        }
        if (named == null && set instanceof List<?> list) {
            return list.toArray();
        }
        if (named != null && (set instanceof Map || set instanceof Record)) {
            return named.valuesOf(set);
        }
        throw new InterfaceException("set " + position + " of the values is "
                + (set == null ? "null" : ClassName.withArticle(set)) + ", expected "
                + (named == null ? "an Object[] or a List" : "a Map or a record, as the first one is"));
    }
}
