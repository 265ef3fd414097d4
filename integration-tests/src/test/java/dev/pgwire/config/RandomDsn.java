package dev.pgwire.config;

import java.util.List;
import java.util.Random;

/** Connection strings at random: most nearly right, since those that are nowhere near say little. */
final class RandomDsn {
    private static final List<String> KEYWORDS = List.of(
            "host",
            "hostaddr",
            "port",
            "user",
            "password",
            "dbname",
            "options",
            "sslmode",
            "application_name",
            "requiressl",
            "ssl",
            "bogus",
            "Host",
            "");
    private static final List<String> PIECES = List.of(
            "a", "b1", "5432", "", "true", "1", ",", "@", ":", "/", "?", "#", "+", "&", "%41", "%20", "%2C", "%40",
            "%00", "%", "%4", "%zz", "%c3%bc", "\u00fc", "\\", "\\\\", "\\'", "'", "''", "\t", "[::1]", "[", "]", "=");
    private static final List<String> SPACES = List.of(" ", "  ", "\t", "\n", "\u000b", "\f", "\r");

    private final Random random;
    private final boolean spacesInUris;

    /**
     * Strings for a version of libpq.
     *
     * @param libpq its number; before 18 a space in a URI was a character as any other
     */
    RandomDsn(Random random, int libpq) {
        this.random = random;
        spacesInUris = libpq >= 180_000;
    }

    String next() {
        StringBuilder dsn = new StringBuilder(random.nextBoolean() ? uri() : pairs());
        while (random.nextInt(4) == 0) {
            int at = random.nextInt(dsn.length() + 1);
            if (random.nextBoolean()) {
                dsn.insert(at, oneOf(PIECES));
            } else if (at < dsn.length()) {
                dsn.deleteCharAt(at);
            }
        }
        return dsn.toString();
    }

    private String pairs() {
        StringBuilder dsn = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            dsn.append(oneOf(KEYWORDS)).append(maybe(oneOf(SPACES))).append('=').append(maybe(oneOf(SPACES)));
            String quote = maybe("'");
            dsn.append(quote).append(text());
            if (!quote.isEmpty()) {
                dsn.append(maybe(oneOf(SPACES))).append(text()).append(quote);
            }
            dsn.append(random.nextInt(8) == 0 ? "" : oneOf(SPACES));
        }
        return dsn.toString();
    }

    private String uri() {
        StringBuilder dsn = new StringBuilder(random.nextBoolean() ? "postgresql://" : "postgres://");
        if (random.nextBoolean()) {
            dsn.append(text()).append(maybe(":" + text())).append('@');
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            dsn.append(random.nextInt(4) == 0 ? "[::1]" : text())
                    .append(maybe(":" + text()))
                    .append(i > 1 ? "," : "");
        }
        dsn.append(maybe("/" + text()));
        if (random.nextBoolean()) {
            dsn.append('?');
            for (int i = random.nextInt(4); i > 0; i--) {
                dsn.append(oneOf(KEYWORDS)).append('=').append(text()).append(i > 1 ? "&" : maybe("&"));
            }
        }
        if (spacesInUris && random.nextInt(4) == 0) {
            dsn.insert(random.nextInt(dsn.length() + 1), ' ');
        }
        return dsn.toString();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(random.nextInt(3) == 0 ? oneOf(PIECES) : oneOf(PIECES.subList(0, 6)));
        }
        return text.toString();
    }

    private String maybe(String text) {
        return random.nextBoolean() ? text : "";
    }

    private String oneOf(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
