package dev.pgwire.internal.config;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keywords of a connection string in libpq's order (PostgreSQL manual, 32.1.2 Parameter Key Words), behind them ours, each
 * with its environment variable (32.15 Environment Variables) and its default.
 */
public enum Keyword {
    SERVICE("PGSERVICE", null),
    SERVICEFILE("PGSERVICEFILE", null),
    USER("PGUSER", null),
    PASSWORD("PGPASSWORD", null, true),
    PASSFILE("PGPASSFILE", null),
    CHANNEL_BINDING("PGCHANNELBINDING", "prefer"),
    CONNECT_TIMEOUT("PGCONNECT_TIMEOUT", null),
    DBNAME("PGDATABASE", null),
    HOST("PGHOST", null),
    HOSTADDR("PGHOSTADDR", null),
    PORT("PGPORT", "5432"),
    CLIENT_ENCODING("PGCLIENTENCODING", null),
    OPTIONS("PGOPTIONS", null),
    APPLICATION_NAME("PGAPPNAME", null),
    FALLBACK_APPLICATION_NAME(null, null),
    KEEPALIVES(null, "1"),
    KEEPALIVES_IDLE(null, null),
    KEEPALIVES_INTERVAL(null, null),
    KEEPALIVES_COUNT(null, null),
    TCP_USER_TIMEOUT(null, null),
    SSLMODE("PGSSLMODE", "prefer"),
    SSLNEGOTIATION("PGSSLNEGOTIATION", "postgres"),
    SSLCOMPRESSION("PGSSLCOMPRESSION", "0"),
    SSLCERT("PGSSLCERT", null),
    SSLKEY("PGSSLKEY", null),
    SSLCERTMODE("PGSSLCERTMODE", "allow"),
    SSLPASSWORD(null, null, true),
    SSLROOTCERT("PGSSLROOTCERT", null),
    SSLCRL("PGSSLCRL", null),
    SSLCRLDIR("PGSSLCRLDIR", null),
    SSLSNI("PGSSLSNI", "1"),
    REQUIREPEER("PGREQUIREPEER", null),
    REQUIRE_AUTH("PGREQUIREAUTH", null),
    MIN_PROTOCOL_VERSION("PGMINPROTOCOLVERSION", null),
    MAX_PROTOCOL_VERSION("PGMAXPROTOCOLVERSION", null),
    SSL_MIN_PROTOCOL_VERSION("PGSSLMINPROTOCOLVERSION", "TLSv1.2"),
    SSL_MAX_PROTOCOL_VERSION("PGSSLMAXPROTOCOLVERSION", null),
    GSSENCMODE("PGGSSENCMODE", "disable"),
    KRBSRVNAME("PGKRBSRVNAME", "postgres"),
    GSSLIB("PGGSSLIB", null),
    GSSDELEGATION("PGGSSDELEGATION", "0"),
    REPLICATION(null, null),
    TARGET_SESSION_ATTRS("PGTARGETSESSIONATTRS", "any"),
    LOAD_BALANCE_HOSTS("PGLOADBALANCEHOSTS", "disable"),
    SCRAM_CLIENT_KEY(null, null, true),
    SCRAM_SERVER_KEY(null, null, true),
    OAUTH_ISSUER(null, null),
    OAUTH_CLIENT_ID(null, null),
    OAUTH_CLIENT_SECRET(null, null, true),
    OAUTH_SCOPE(null, null),
    SSLKEYLOGFILE(null, null),
    PREPARE(null, "on-first-use"),
    SCRAM_MAX_ITERATIONS(null, "100000"),
    CANCEL_GRACE(null, "10"),
    BUSY_WAIT(null, "0"),
    CALLER_STACK(null, "on"),
    LEAK_DETECTION(null, "sampled"),
    COMMIT_OUTCOME(null, "off"),
    AUTOCOMMIT(null, "on"),
    TRANSPORT(null, "nio");

    /** What still counts as a slip of the finger. */
    private static final int MAX_EDITS = 3;

    private static final int LONGEST_SHOWN = 40;

    private final String text;
    private final @Nullable String environmentVariable;
    private final @Nullable String defaultValue;
    private final boolean secret;

    Keyword(@Nullable String environmentVariable, @Nullable String defaultValue) {
        this(environmentVariable, defaultValue, false);
    }

    Keyword(@Nullable String environmentVariable, @Nullable String defaultValue, boolean secret) {
        this.text = name().toLowerCase(Locale.ROOT);
        this.environmentVariable = environmentVariable;
        this.defaultValue = defaultValue;
        this.secret = secret;
    }

    /** The keyword as it stands in a connection string. */
    public String text() {
        return text;
    }

    @Nullable
    String environmentVariable() {
        return environmentVariable;
    }

    /** The default where it does not depend on anything else. */
    @Nullable
    String defaultValue() {
        return defaultValue;
    }

    /** Whether its value is never shown. */
    public boolean isSecret() {
        return secret;
    }

    public static @Nullable Keyword find(String text) {
        for (Keyword keyword : values()) {
            if (keyword.text.equals(text)) {
                return keyword;
            }
        }
        return null;
    }

    /**
     * What is thrown for a name that no keyword has. The name is repeated only if it is nearly a keyword, here or elsewhere: a
     * password with a space or an ampersand in it that was not quoted goes on as a keyword.
     *
     * @param source where values come from that stand where the name does
     * @param place where the name stands, and what else may be wrong there
     */
    public static InterfaceException unknown(String name, String source, String place) {
        String here = ForeignKeyword.here(name);
        if (here != null) {
            return new InterfaceException("unknown keyword \"" + name + "\" (" + source
                    + "), of another driver; what is expected here is " + here);
        }
        String nearest = nearest(name);
        if (nearest == null) {
            return new InterfaceException("unknown keyword " + place);
        }
        return new InterfaceException(
                "unknown keyword \"" + name + "\" (" + source + "), did you mean \"" + nearest + "\"?");
    }

    /** As {@link #unknown}, of a name that cannot be a part of a password: it is repeated if it looks like a keyword. */
    static InterfaceException unknownAndPlain(String name, String source, String place) {
        boolean isShown = ForeignKeyword.here(name) == null
                && nearest(name) == null
                && name.length() <= LONGEST_SHOWN
                && !name.isEmpty()
                && hasOnlyLetters(name);
        return isShown
                ? new InterfaceException("unknown keyword \"" + name + "\" " + place)
                : unknown(name, source, place);
    }

    /** The keyword that takes the fewest edits to reach, or null if they would leave little of the name. */
    private static @Nullable String nearest(String name) {
        if (!hasOnlyLetters(name)) {
            return null;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        List<String> known = new ArrayList<>();
        for (Keyword keyword : values()) {
            known.add(keyword.text);
        }
        String nearest = NearestName.of(lower, known);
        return NearestName.edits(lower, nearest) <= Math.min(MAX_EDITS, nearest.length() / 2) ? nearest : null;
    }

    private static boolean hasOnlyLetters(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
                return false;
            }
        }
        return true;
    }
}
