package dev.pgwire.internal.config;

import dev.pgwire.error.InterfaceException;
import org.jspecify.annotations.Nullable;

/**
 * Where a value comes from that is not given, in libpq's order: the service file, the environment, the default, for user and
 * dbname the operating system.
 */
public final class Resolution {
    private Resolution() {}

    public static Settings resolve(Settings given, Surroundings around) {
        Settings settings = given.copy();
        if (settings.has(Keyword.SERVICE) || around.variable("PGSERVICE") != null) {
            ServiceFile.addService(settings, around);
        }
        for (Keyword keyword : Keyword.values()) {
            if (!settings.has(keyword) && !fromEnvironment(settings, keyword, around)) {
                String unless = keyword.defaultValue();
                if (unless != null) {
                    settings.put(keyword, unless, Settings.DEFAULT);
                }
            }
        }
        strengthenSslMode(settings);
        addUserAndDatabase(settings, around.user());
        return settings;
    }

    private static boolean fromEnvironment(Settings settings, Keyword keyword, Surroundings around) {
        String variable = keyword.environmentVariable();
        String value = variable == null ? null : around.variable(variable);
        if (value != null) {
            settings.put(keyword, value, "environment " + variable);
            return true;
        }
        if (keyword == Keyword.SSLMODE) {
            // The variable of old. That it is ignored was CVE-2017-7485.
            String old = around.variable("PGREQUIRESSL");
            if (old != null && old.startsWith("1")) {
                settings.put(keyword, Settings.SSLMODE_REQUIRE, "environment PGREQUIRESSL");
                return true;
            }
        }
        return false;
    }

    /** The authorities of the system sign for any host: such a certificate says something only if the name is checked. */
    private static void strengthenSslMode(Settings settings) {
        if ("system".equals(settings.value(Keyword.SSLROOTCERT))
                && settings.source(Keyword.SSLMODE).equals(Settings.DEFAULT)) {
            settings.put(Keyword.SSLMODE, "verify-full", "sslrootcert=system");
        }
    }

    private static void addUserAndDatabase(Settings settings, @Nullable String systemUser) {
        String user = settings.text(Keyword.USER);
        if (user == null) {
            if (systemUser == null) {
                throw new InterfaceException(
                        "no user is given, and the operating system has no name for that of this process,"
                                + " expected user=...");
            }
            user = systemUser;
            settings.put(Keyword.USER, user, "operating system user");
        }
        if (settings.text(Keyword.DBNAME) == null) {
            settings.put(Keyword.DBNAME, user, "same as user");
        }
    }
}
