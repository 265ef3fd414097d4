package dev.pgwire.config;

import java.time.Duration;

/** Times as libpq takes them. */
final class Seconds {
    private Seconds() {}

    /** A time in whole seconds, rounded up; less than none is none. */
    static String text(Duration time) {
        long seconds = time.getSeconds() + (time.getNano() > 0 ? 1 : 0);
        return Long.toString(Math.min(Integer.MAX_VALUE, Math.max(0, seconds)));
    }
}
