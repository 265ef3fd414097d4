package dev.pgwire.internal.config;

import dev.pgwire.error.InterfaceException;
import java.util.Objects;

/** Tells the two grammars of a connection string apart (PostgreSQL manual, 32.1.1 Connection Strings). */
public final class ConnectionString {
    static final String EXPECTED = "expected keyword=value pairs (host=localhost dbname=test) or a URI"
            + " (postgresql://user@localhost:5432/test)";

    private static final String JDBC = "jdbc:";
    private static final String LONG_SCHEME = "postgresql://";
    private static final String SHORT_SCHEME = "postgres://";

    private ConnectionString() {}

    /** What is given in a connection string, and nothing else. */
    public static Settings parse(String dsn) {
        Objects.requireNonNull(dsn, "dsn");
        if (dsn.indexOf('\0') >= 0) {
            throw new InterfaceException("the connection string contains NUL (U+0000) at character "
                    + (dsn.indexOf('\0') + 1) + ", expected text without it");
        }
        Settings given = new Settings();
        int start = dsn.startsWith(JDBC) ? JDBC.length() : 0;
        int scheme = schemeLength(dsn, start);
        if (scheme > 0) {
            ConnectionUri.read(dsn, start + scheme, given);
        } else {
            KeywordValueString.read(dsn, given);
        }
        return given;
    }

    /** How long the scheme is that a text has at a place; 0 if it is no URI. */
    private static int schemeLength(String text, int from) {
        if (text.startsWith(LONG_SCHEME, from)) {
            return LONG_SCHEME.length();
        }
        return text.startsWith(SHORT_SCHEME, from) ? SHORT_SCHEME.length() : 0;
    }
}
