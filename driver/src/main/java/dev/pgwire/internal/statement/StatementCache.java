package dev.pgwire.internal.statement;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is known of statements, by their SQL, and which of them the server keeps under a name; the least recently used one
 * goes first. It is bounded by number and by size: a statement takes some thirty times the length of its text in the server.
 */
public final class StatementCache {
    private static final int MOST = 256;
    /** So large all of them are at most, see {@link PreparedStatement#size}. */
    private static final int MOST_SIZE = 512 * 1024;
    /** A larger one is not remembered. */
    public static final int LARGEST = 64 * 1024;

    private final Map<String, PreparedStatement> bySql = new LinkedHashMap<>(16, 0.75f, true);
    private final List<String> unwanted = new ArrayList<>();
    private final String prefix = newPrefix();
    private String series = "";
    private long names;
    private int size;
    private boolean naming = true;

    /** What is known of a text; null if it is not known, or no longer true. */
    @Nullable
    public PreparedStatement get(String sql) {
        PreparedStatement statement = bySql.get(sql);
        if (statement != null && statement.isStale()) {
            drop(statement);
            return null;
        }
        return statement;
    }

    /**
     * A name that no statement has, of this session or another: behind a pooler, sessions share the processes of the server
     * with what others have left there.
     */
    public String nextName() {
        return prefix + series + ++names;
    }

    /** Whether a text holds one of the names of this session. */
    public boolean hasName(String text) {
        return text.contains(prefix);
    }

    /** A name was taken already: others are made from now on. */
    public void changeNames() {
        series = Long.toString(ThreadLocalRandom.current().nextLong() >>> 2, Character.MAX_RADIX) + "_";
    }

    /** 62 random bits: two sessions must never have the same, or one would run the statements of the other. */
    private static String newPrefix() {
        return "pgwire_" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 2, Character.MAX_RADIX) + "_";
    }

    /** Whether the server may be asked to keep statements. */
    public boolean isNaming() {
        return naming;
    }

    /** The server has lost one that this session did not take away: what is sent next may reach another process of it. */
    public void stopNaming() {
        naming = false;
        for (PreparedStatement statement : bySql.values()) {
            discard(statement);
            statement.lose();
        }
    }

    public void put(PreparedStatement statement) {
        if (statement.size() > LARGEST) {
            discard(statement);
            return;
        }
        PreparedStatement before = bySql.put(statement.sql(), statement);
        size += statement.size();
        if (before != null) {
            size -= before.size();
            discard(before);
        }
        Iterator<PreparedStatement> eldest = bySql.values().iterator();
        while (bySql.size() > MOST || size > MOST_SIZE) {
            PreparedStatement left = eldest.next();
            eldest.remove();
            size -= left.size();
            discard(left);
        }
    }

    /** Forgets a statement that is stale; the server may still hold it. */
    public void drop(PreparedStatement statement) {
        if (bySql.remove(statement.sql(), statement)) {
            size -= statement.size();
            discard(statement);
        }
    }

    /** Forgets all: they may be stale, or gone. To close what the server no longer knows is no error. */
    public void dropAll() {
        for (PreparedStatement statement : bySql.values()) {
            discard(statement);
        }
        bySql.clear();
        size = 0;
    }

    private void discard(PreparedStatement statement) {
        if (!statement.isUnnamed()) {
            unwanted.add(statement.name());
        }
    }

    /** The names of statements that the server should close. The caller that has told the server empties it. */
    public List<String> unwanted() {
        return unwanted;
    }
}
