package dev.pgwire.internal.registry;

import dev.pgwire.type.PgType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt of the types of one database, beside those that every server has. All connections of the process to that
 * database share it. For all threads.
 */
public final class Catalogue {
    private final Map<Integer, PgType> types = new ConcurrentHashMap<>();
    /** Oids that the server has no type for, or cannot be asked about. */
    private final Set<Integer> unknowable = ConcurrentHashMap.newKeySet();

    private final Set<Integer> text = ConcurrentHashMap.newKeySet();
    private volatile boolean refused;

    private final ReentrantLock lock = new ReentrantLock();
    /** What is being asked about, and by which connection; under the lock. */
    private final Map<Integer, Object> asked = new HashMap<>();
    /** What wakes those that wait for the answer; under the lock. */
    private List<Runnable> waiting = new ArrayList<>();

    /** A catalogue of a database of which nothing is known yet. */
    public Catalogue() {}

    @Nullable
    PgType type(int oid) {
        return types.get(oid);
    }

    boolean isWorthAsking(int oid) {
        return !refused && !types.containsKey(oid) && !unknowable.contains(oid);
    }

    /**
     * A connection wants to ask about types. Connections that begin together want the same at the same time, and one is enough.
     * A connection that has asked waits for none: its own answer may come behind what would wait.
     *
     * @param connection what tells it from others
     * @param wake is run when another connection has ended its question
     * @return whether it may ask, and has to say {@link #ended} afterwards; otherwise another one is asking
     */
    public boolean mayAsk(int[] oids, Object connection, Runnable wake) {
        lock.lock();
        try {
            if (isBeingAsked(oids) && !asked.containsValue(connection)) {
                waiting.add(wake);
                return false;
            }
            for (int oid : oids) {
                asked.put(oid, connection);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a connection is asking about one of these types. */
    public boolean isBeingAsked(int[] oids) {
        lock.lock();
        try {
            for (int oid : oids) {
                if (asked.containsKey(oid)) {
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** A question has ended, answered or not. */
    public void ended(int[] oids) {
        List<Runnable> woken;
        lock.lock();
        try {
            for (int oid : oids) {
                asked.remove(oid);
            }
            woken = waiting;
            waiting = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        woken.forEach(Runnable::run);
    }

    /**
     * Takes what the server has told of types.
     *
     * @param text the oids of those that have no binary format
     */
    public void learn(Map<Integer, PgType> told, Set<Integer> text) {
        this.text.addAll(text);
        types.putAll(told);
    }

    /** Whether values of a type come as text only, as those of an old version of an extension do. */
    boolean isText(int oid) {
        return text.contains(oid);
    }

    /** Takes what the server has told of the types with these oids; of those that are missing there is nothing to be learnt. */
    public void learn(int[] asked, Map<Integer, PgType> told) {
        learn(told, Set.of());
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
        text.clear();
        unknowable.clear();
    }
}
