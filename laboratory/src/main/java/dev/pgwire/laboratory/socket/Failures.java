package dev.pgwire.laboratory.socket;

import java.util.ArrayList;
import java.util.List;

/** What went wrong, for the program to ask: the first thousand. Any thread may call. */
public final class Failures {
    private static final int MOST = 1_000;

    private final List<Throwable> kept = new ArrayList<>();

    /** Keeps a failure, if there are not too many yet. */
    public synchronized void add(Throwable failure) {
        if (kept.size() < MOST) {
            kept.add(failure);
        }
    }

    /** Those so far. */
    public synchronized List<Throwable> list() {
        return List.copyOf(kept);
    }
}
