package dev.pgwire.console.input;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words of psql for yes and no; unique beginnings of them will do. */
public final class Switch {
    private Switch() {}

    public static boolean isOn(String word) {
        return Boolean.TRUE.equals(parse(word));
    }

    public static @Nullable Boolean parse(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.isEmpty()) {
            return null;
        }
        if ("true".startsWith(lower) || "yes".startsWith(lower) || lower.equals("on") || lower.equals("1")) {
            return true;
        }
        boolean off = "off".startsWith(lower) && lower.length() > 1;
        if ("false".startsWith(lower) || "no".startsWith(lower) || off || lower.equals("0")) {
            return false;
        }
        return null;
    }
}
