package dev.pgwire.internal.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements that the server holds prepared for this session, by their SQL; the least recently used one goes first. */
final class StatementCache {
    private final int capacity;
    private final Map<String, PreparedStatement> bySql = new LinkedHashMap<>(16, 0.75f, true);
    private final List<PreparedStatement> unwanted = new ArrayList<>();
    private long named;

    StatementCache(int capacity) {
        this.capacity = capacity;
    }

    @Nullable
    PreparedStatement get(String sql) {
        return bySql.get(sql);
    }

    /** A name that no statement of this session has or had. */
    String nextName() {
        return "pgwire_" + ++named;
    }

    void put(PreparedStatement statement) {
        bySql.put(statement.sql(), statement);
        if (bySql.size() > capacity) {
            PreparedStatement eldest = bySql.values().iterator().next();
            bySql.remove(eldest.sql());
            unwanted.add(eldest);
        }
    }

    /** Forgets a statement whose plan is stale; the server still holds it. */
    void drop(PreparedStatement statement) {
        if (bySql.remove(statement.sql(), statement)) {
            unwanted.add(statement);
        }
    }

    /** Forgets all: they may be stale, or gone. To close what the server no longer knows is no error. */
    void dropAll() {
        unwanted.addAll(bySql.values());
        bySql.clear();
    }

    /** Statements that the server should close. To be emptied by whoever has told it. */
    List<PreparedStatement> unwanted() {
        return unwanted;
    }
}
