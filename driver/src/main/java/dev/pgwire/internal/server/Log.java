package dev.pgwire.internal.server;

import java.lang.System.Logger;
import java.util.function.Supplier;

/** Where a session writes what it can tell no caller. To find the logger takes long, so that waits for something to log. */
public final class Log {
    private static final Logger LOG = System.getLogger("dev.pgwire");

    private Log() {}

    public static void warn(String message, Throwable cause) {
        LOG.log(Logger.Level.WARNING, message, cause);
    }

    public static void warn(String message) {
        LOG.log(Logger.Level.WARNING, message);
    }

    public static void debug(Supplier<String> message) {
        LOG.log(Logger.Level.DEBUG, message);
    }
}
