package dev.pgwire.console.input;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of {@code -v} and {@code \set}. */
public final class Variables {
    private final Map<String, String> values = new LinkedHashMap<>();

    public void set(String name, String value) {
        values.put(name, value);
    }

    public void unset(String name) {
        values.remove(name);
    }

    public Map<String, String> all() {
        return values;
    }

    /** Whether a variable is set to something that psql takes for yes. */
    public boolean isOn(String name) {
        String value = values.get(name);
        return value != null && Switch.isOn(value);
    }

    /** The reference to a known variable at a colon; null when there is none. */
    @Nullable
    Reference reference(CharSequence text, int colon) {
        int begin = colon + 1;
        if (begin == text.length()) {
            return null;
        }
        if (text.charAt(begin) == '{') {
            return question(text, colon);
        }
        char quote = text.charAt(begin);
        boolean quoted = quote == '\'' || quote == '"';
        begin += quoted ? 1 : 0;
        int end = begin;
        while (end < text.length() && StatementScanner.isWordPart(text.charAt(end))) {
            end++;
        }
        String value = values.get(text.subSequence(begin, end).toString());
        if (value == null || quoted && (end == text.length() || text.charAt(end) != quote)) {
            return null;
        }
        if (!quoted) {
            return new Reference(end - colon, value, true);
        }
        return new Reference(end + 1 - colon, quote == '"' ? identifier(value) : literal(value), false);
    }

    /** {@code :{?name}}, whether it is set. */
    private @Nullable Reference question(CharSequence text, int colon) {
        int begin = colon + 3;
        int end = begin;
        while (end < text.length() && StatementScanner.isWordPart(text.charAt(end))) {
            end++;
        }
        boolean complete =
                begin < end && end < text.length() && text.charAt(end) == '}' && text.charAt(colon + 2) == '?';
        if (!complete) {
            return null;
        }
        boolean set = values.containsKey(text.subSequence(begin, end).toString());
        return new Reference(end + 1 - colon, set ? "TRUE" : "FALSE", false);
    }

    public static String literal(String value) {
        String doubled = value.replace("'", "''");
        return value.contains("\\") ? " E'" + doubled.replace("\\", "\\\\") + "'" : "'" + doubled + "'";
    }

    private static String identifier(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }

    /**
     * A place in the text that stands for something else.
     *
     * @param length of the place
     * @param isPlain whether the text is to be read on as if it stood there; else it is a whole token
     */
    record Reference(int length, String text, boolean isPlain) {}
}
