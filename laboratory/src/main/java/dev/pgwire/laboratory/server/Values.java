package dev.pgwire.laboratory.server;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement was executed with. */
public final class Values {
    private final String sql;
    private final List<@Nullable Object> values;
    private final ServerSession session;

    Values(String sql, List<@Nullable Object> values, ServerSession session) {
        this.sql = sql;
        this.values = values;
        this.session = session;
    }

    /** The statement as the client sent it. */
    public String sql() {
        return sql;
    }

    /** Who sent it. */
    public ServerSession session() {
        return session;
    }

    /** All values; null for NULL. */
    public List<@Nullable Object> all() {
        return Collections.unmodifiableList(values);
    }

    /**
     * A value, as the class that its {@link ServerType} names; null for NULL.
     *
     * @param index 0 for {@code $1}
     */
    public @Nullable Object get(int index) {
        if (index < 0 || index >= values.size()) {
            throw new IndexOutOfBoundsException("value " + index + " of " + values.size() + ", which begin at 0");
        }
        return values.get(index);
    }

    /** A value as text; null for NULL. */
    public @Nullable String getString(int index) {
        Object value = get(index);
        return value == null ? null : value.toString();
    }

    /** A value as a whole number; 0 for NULL. */
    public int getInt(int index) {
        return Math.toIntExact(getLong(index));
    }

    /** A value as a whole number; 0 for NULL. */
    public long getLong(int index) {
        Object value = get(index);
        return value == null ? 0 : Long.parseLong(value.toString());
    }
}
