package dev.pgwire.internal.connect;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.internal.exchange.SessionEvents;
import org.jspecify.annotations.Nullable;

/**
 * The setting DateStyle: a style, of which the driver reads only ISO, and an order of day and month, which is the user's
 * (PostgreSQL manual, 8.5.2 Date/Time Output). To set {@code 'ISO'} alone leaves the order as it is.
 */
public final class DateStyle {
    /** Its name in ParameterStatus. */
    public static final String NAME = "DateStyle";

    /**
     * Sets the style to ISO unless a SET of the session has chosen another: RESET and DISCARD bring back what the role, the
     * database or the server's configuration says.
     */
    public static final String RESTORE_ISO = "SELECT pg_catalog.set_config('DateStyle', 'ISO', false)"
            + " FROM pg_catalog.pg_settings WHERE name = 'DateStyle' AND source OPERATOR(pg_catalog.<>) 'session'";

    private static final String SET_ISO = "SET DateStyle = 'ISO'";
    private static final String ISO = "ISO";

    private DateStyle() {}

    /** Whether what a server reports is ISO in any order, or nothing, in which case there is nothing to change. */
    public static boolean isIso(@Nullable String reported) {
        return reported == null
                || (reported.regionMatches(true, 0, ISO, 0, ISO.length())
                        && (reported.length() == ISO.length() || !Character.isLetter(reported.charAt(ISO.length()))));
    }

    /** Has a session that was just begun write dates in ISO. One that refuses stays as it is: not all that is read are dates. */
    static void makeIso(Attempt attempt, SessionEvents events) {
        if (isIso(events.parameter(NAME))) {
            return;
        }
        try {
            attempt.ask(SET_ISO);
        } catch (DatabaseException refused) {
            if (refused.diagnostic() == null || attempt.transport().broken() != null) {
                throw refused;
            }
        }
    }
}
