package dev.pgwire.config;

import dev.pgwire.error.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keywords of a connection string (PostgreSQL manual, 32.1.2 Parameter Key Words). */
enum Keyword {
    HOST,
    PORT,
    USER,
    PASSWORD,
    DBNAME,
    APPLICATION_NAME,
    CONNECT_TIMEOUT,
    OPTIONS;

    /** The keyword as it stands in a connection string. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Keyword find(String text) {
        for (Keyword keyword : values()) {
            if (keyword.text().equals(text)) {
                return keyword;
            }
        }
        return null;
    }

    /** The keyword that takes the fewest edits to reach from a misspelt one. */
    static String nearest(String text) {
        List<String> known = Arrays.stream(values()).map(Keyword::text).toList();
        return NearestName.of(text, known);
    }
}
