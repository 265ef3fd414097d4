package dev.pgwire.console.input;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The variables of {@code -v} and {@code \set}. */
public final class Variables {
    private final Map<String, String> values = new TreeMap<>();

    public void set(String name, String value) {
        values.put(name, value);
    }

    public void unset(String name) {
        values.remove(name);
    }

    public Map<String, String> all() {
        return values;
    }

    public @Nullable String get(String name) {
        return values.get(name);
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

    /** How many characters {@code :'name'} or {@code :"name"} takes at a colon, whether there is such a variable or not; else 0. */
    static int quotedLength(CharSequence text, int colon) {
        int end = colon + 2;
        while (end < text.length() && StatementScanner.isWordPart(text.charAt(end))) {
            end++;
        }
        char quote = colon + 1 < text.length() ? text.charAt(colon + 1) : 0;
        boolean closed = end > colon + 2 && end < text.length() && text.charAt(end) == quote;
        return closed && (quote == '\'' || quote == '"') ? end + 1 - colon : 0;
    }

    /** As {@link #reference}, for a command of the system's shell: in single quotes it is one word there. */
    @Nullable
    Reference shellReference(CharSequence text, int colon) {
        boolean quoted = colon + 1 < text.length() && text.charAt(colon + 1) == '\'';
        Reference reference = reference(text, colon);
        if (reference == null || reference.isPlain()) {
            return reference;
        }
        String name =
                text.subSequence(colon + 2, colon + reference.length() - 1).toString();
        String value = quoted ? values.get(name) : null;
        return value == null
                ? null
                : new Reference(reference.length(), "'" + value.replace("'", "'\"'\"'") + "'", false);
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
