package dev.pgwire.internal.sql;

import dev.pgwire.error.InterfaceException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A statement and the sets of values that it is executed for, each in the order of its parameters. */
public final class ParameterSets implements Iterator<@Nullable Object[]> {
    private final String sql;
    private final Iterator<?> source;
    private final @Nullable NamedSql named;
    private @Nullable Object first;
    private boolean hasFirst;
    private long position;

    /**
     * The sets that an executeMany is given. The first is asked for at once: if it has values by name, the parameters have names.
     *
     * @param backslashEscapes whether a backslash escapes in the statement's strings
     */
    public ParameterSets(String sql, Iterable<?> sets, boolean backslashEscapes) {
        source = sets.iterator();
        hasFirst = source.hasNext();
        first = hasFirst ? source.next() : null;
        named = first instanceof Map || first instanceof Record ? NamedSql.of(sql, backslashEscapes) : null;
        this.sql = named == null ? sql : named.sql();
    }

    /** The statement with numbers in the place of names. */
    public String sql() {
        return sql;
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
