package dev.pgwire.internal.registry;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The catalogues of the databases that the process is connected to. One is kept as long as one of its connections is. */
final class Catalogues {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<String, WeakReference<Catalogue>> KNOWN = new HashMap<>();

    private Catalogues() {}

    /** The catalogue of a database, a new one if no connection has it. */
    static Catalogue of(String database) {
        LOCK.lock();
        try {
            WeakReference<Catalogue> known = KNOWN.get(database);
            Catalogue catalogue = known == null ? null : known.get();
            if (catalogue == null) {
                KNOWN.values().removeIf(reference -> reference.get() == null);
                catalogue = new Catalogue();
                KNOWN.put(database, new WeakReference<>(catalogue));
            }
            return catalogue;
        } finally {
            LOCK.unlock();
        }
    }

    /** Leaves a catalogue to the connections that have it. */
    static void remove(String database, Catalogue catalogue) {
        LOCK.lock();
        try {
            WeakReference<Catalogue> known = KNOWN.get(database);
            if (known != null && known.get() == catalogue) {
                KNOWN.remove(database);
            }
        } finally {
            LOCK.unlock();
        }
    }
}
