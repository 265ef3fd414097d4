package dev.pgwire.internal.registry;

import java.util.Arrays;

/** Gathers the types that the server should be asked about, each once. */
public final class UnknownTypes {
    private static final int[] NONE = {};

    private final DatabaseTypes types;
    private int[] oids = NONE;

    public UnknownTypes(DatabaseTypes types) {
        this.types = types;
    }

    /** A statement has this type. */
    public void meet(int oid) {
        if (!types.isWorthAsking(oid)) {
            return;
        }
        for (int each : oids) {
            if (each == oid) {
                return;
            }
        }
        oids = Arrays.copyOf(oids, oids.length + 1);
        oids[oids.length - 1] = oid;
    }

    /** Their oids. Not to be changed. */
    public int[] oids() {
        return oids;
    }
}
