package dev.pgwire.internal.server;

import dev.pgwire.protocol.ProtocolViolation;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The run-time parameters that the server reports, by name. None is left out, so there is a bound to what it may report. */
final class ReportedParameters {
    /** PostgreSQL reports some fifteen, and those that an extension marks. */
    private static final int MOST = 1_000;

    private static final long MOST_CHARACTERS = 1024 * 1024;

    private final Map<String, String> values = new ConcurrentHashMap<>();
    /** The length of all names and values; only the thread that drives the connection looks at it. */
    private long characters;

    /**
     * Takes a new value.
     *
     * @throws ProtocolViolation if the server reports more than any real one
     */
    void put(String name, String value) {
        String before = values.put(name, value);
        characters += value.length() - (before == null ? -name.length() : before.length());
        if (values.size() > MOST || characters > MOST_CHARACTERS) {
            throw new ProtocolViolation("the server reports " + values.size() + " run-time parameters of " + characters
                    + " characters, expected at most " + MOST + " of " + MOST_CHARACTERS);
        }
    }

    /** One of them, or null if the server does not report it. */
    @Nullable
    String get(String name) {
        return values.get(name);
    }

    Map<String, String> toMap() {
        return new TreeMap<>(values);
    }

    void clear() {
        values.clear();
        characters = 0;
    }
}
