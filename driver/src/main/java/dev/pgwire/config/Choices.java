package dev.pgwire.config;

import dev.pgwire.internal.config.Keyword;
import dev.pgwire.internal.config.Settings;
import org.jspecify.annotations.Nullable;

/** The values of keywords that know only a few. */
final class Choices {
    private Choices() {}

    /** The choice that the value names, or null if there is no value; an empty one names none. */
    static <T extends Choice> @Nullable T of(Settings settings, Keyword keyword, T[] known) {
        String value = settings.value(keyword);
        if (value == null) {
            return null;
        }
        for (T one : known) {
            if (one.text().equals(value)) {
                return one;
            }
        }
        throw settings.invalid(keyword, listed(known));
    }

    /** The choice that the value names, or another one if there is no value. */
    static <T extends Choice> T of(Settings settings, Keyword keyword, T[] known, T unless) {
        T chosen = of(settings, keyword, known);
        return chosen == null ? unless : chosen;
    }

    /** What may be chosen from, as a message lists it. */
    static String listed(Choice[] known) {
        StringBuilder text = new StringBuilder(known[0].text());
        for (int i = 1; i < known.length; i++) {
            text.append(i == known.length - 1 ? " or " : ", ").append(known[i].text());
        }
        return text.toString();
    }
}
