package dev.pgwire.internal.config;

import dev.pgwire.error.InterfaceException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value for some of the keywords, each with its source. An empty value counts as none where it is used, as in libpq, but it
 * hides what a service file or the environment has for its keyword.
 */
public final class Settings {
    static final String CONNECTION_STRING = "connection string";
    public static final String BUILDER = "builder";
    public static final String DEFAULT = "default";

    /** What the other names for it mean: {@code requiressl=1}, {@code PGREQUIRESSL=1}, and {@code ssl=true} of JDBC. */
    static final String SSLMODE_REQUIRE = "require";

    private static final String REQUIRESSL = "requiressl";

    private static final Keyword[] KEYWORDS = Keyword.values();

    // By the keyword's ordinal: an EnumMap asks by reflection what the keywords are, which a first connection would
    // wait for.
    private final @Nullable String[] values;
    private final @Nullable String[] sources;

    public Settings() {
        values = new String[KEYWORDS.length];
        sources = new String[KEYWORDS.length];
    }

    private Settings(Settings other) {
        values = other.values.clone();
        sources = other.sources.clone();
    }

    public Settings copy() {
        return new Settings(this);
    }

    /**
     * Puts a value under the name of a keyword, {@code requiressl} is an old one for {@code sslmode}.
     *
     * @return whether there is a keyword of this name
     */
    public boolean put(String name, String value, String source) {
        Keyword keyword = Keyword.find(name);
        if (keyword != null) {
            put(keyword, value, source);
        } else if (name.equals(REQUIRESSL)) {
            put(Keyword.SSLMODE, value.startsWith("1") ? SSLMODE_REQUIRE : "prefer", source);
        } else {
            return false;
        }
        return true;
    }

    /**
     * Takes back what was put under a name.
     *
     * @return whether there is a keyword of this name
     */
    public boolean remove(String name) {
        Keyword keyword = name.equals(REQUIRESSL) ? Keyword.SSLMODE : Keyword.find(name);
        if (keyword != null) {
            remove(keyword);
        }
        return keyword != null;
    }

    /** A NUL would end the value inside the startup message and smuggle in another parameter behind it. */
    public void put(Keyword keyword, String value, String source) {
        Objects.requireNonNull(value, keyword.text());
        if (value.indexOf('\0') >= 0) {
            throw new InterfaceException("the value of " + keyword.text() + " (" + source
                    + ") contains NUL (U+0000), expected text without it");
        }
        values[keyword.ordinal()] = value;
        sources[keyword.ordinal()] = source;
    }

    void remove(Keyword keyword) {
        values[keyword.ordinal()] = null;
        sources[keyword.ordinal()] = null;
    }

    /** Whether there is a value, be it empty. */
    public boolean has(Keyword keyword) {
        return values[keyword.ordinal()] != null;
    }

    /** Whether there is a value that is not the default, be it empty. */
    public boolean isGiven(Keyword keyword) {
        return has(keyword) && !source(keyword).equals(DEFAULT);
    }

    /** The value, which may be empty; null if there is none. */
    @Nullable
    public String value(Keyword keyword) {
        return values[keyword.ordinal()];
    }

    /** The value; null if there is none or it is empty. */
    @Nullable
    public String text(Keyword keyword) {
        String value = values[keyword.ordinal()];
        return value == null || value.isEmpty() ? null : value;
    }

    public String source(Keyword keyword) {
        String source = sources[keyword.ordinal()];
        return source == null ? DEFAULT : source;
    }

    @Nullable
    public Path path(Keyword keyword) {
        String value = text(keyword);
        try {
            return value == null ? null : Path.of(value);
        } catch (InvalidPathException invalid) {
            throw invalid(keyword, "the name of a file");
        }
    }

    /** A whole number, or another one if there is no value. */
    public int whole(Keyword keyword, int unless) {
        String value = values[keyword.ordinal()];
        if (value == null) {
            return unless;
        }
        Integer number = WholeNumber.parse(value);
        if (number == null) {
            throw new InterfaceException("invalid integer value for " + keyword.text() + " (" + source(keyword)
                    + "), expected a whole number");
        }
        return number;
    }

    /** What is thrown for a value that cannot be; without the value, which might be a password in the wrong place. */
    public InterfaceException invalid(Keyword keyword, String expected) {
        return new InterfaceException(
                "invalid " + keyword.text() + " value (" + source(keyword) + "), expected " + expected);
    }

    /**
     * The values as a keyword/value string, without the defaults and without the service, whose values stand in it.
     *
     * @param secrets what becomes of the values that are secret
     */
    public String toDsn(Secrets secrets) {
        StringBuilder text = new StringBuilder();
        for (Keyword keyword : KEYWORDS) {
            String value = value(keyword);
            boolean absorbed = keyword == Keyword.SERVICE || keyword == Keyword.SERVICEFILE;
            if (value != null && !absorbed && isGiven(keyword)) {
                text.append(text.isEmpty() ? "" : " ")
                        .append(keyword.text())
                        .append('=')
                        .append(KeywordValueString.quote(secrets.show(keyword, value)));
            }
        }
        return text.toString();
    }
}
