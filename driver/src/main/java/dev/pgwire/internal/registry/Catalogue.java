package dev.pgwire.internal.registry;

import dev.pgwire.type.PgType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt of the types of one database, beside those that every server has. All connections of the process to that
 * database share it. For all threads.
 */
public final class Catalogue {
    private final Map<Integer, PgType> types = new ConcurrentHashMap<>();
    /** Oids that the server has no type for, or cannot be asked about. */
    private final Set<Integer> unknowable = ConcurrentHashMap.newKeySet();

    private volatile boolean refused;

    /** A catalogue of a database of which nothing is known yet. */
    public Catalogue() {}

    @Nullable
    PgType type(int oid) {
        return types.get(oid);
    }

    boolean isWorthAsking(int oid) {
        return !refused && !types.containsKey(oid) && !unknowable.contains(oid);
    }

    /** Takes what the server has told of the types with these oids; of those that are missing there is nothing to be learnt. */
    public void learn(int[] asked, Map<Integer, PgType> told) {
        types.putAll(told);
        for (int oid : asked) {
            if (!told.containsKey(oid)) {
                unknowable.add(oid);
            }
        }
    }

    /** The server has not the tables that are asked, so that it never is again. */
    public void refuse() {
        refused = true;
    }

    /** Forgets all: a type is another one than was learnt. */
    void forget() {
        types.clear();
        unknowable.clear();
    }
}
