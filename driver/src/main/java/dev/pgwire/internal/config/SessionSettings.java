package dev.pgwire.internal.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of a session that have an environment variable but no keyword (PostgreSQL manual, 32.15). */
public final class SessionSettings {
    private SessionSettings() {}

    /** The settings by the names they have in the startup message. */
    public static Map<String, String> of(Surroundings around) {
        Map<String, String> settings = new LinkedHashMap<>();
        add(settings, "datestyle", around.variable("PGDATESTYLE"));
        add(settings, "timezone", around.variable("PGTZ"));
        add(settings, "geqo", around.variable("PGGEQO"));
        return Collections.unmodifiableMap(settings);
    }

    private static void add(Map<String, String> settings, String name, @Nullable String value) {
        if (value != null && !value.equalsIgnoreCase("default")) {
            settings.put(name, value);
        }
    }
}
