package dev.pgwire.protocol.auth;

import java.util.HashMap;
import java.util.Map;

/**
 * The members of a JSON object whose values are strings; all others, and whatever lies deeper, are passed over. Tolerant: it
 * reads what makes sense up to the first thing that does not.
 */
final class JsonStrings {
    private final String text;
    private int at;

    private JsonStrings(String text) {
        this.text = text;
    }

    static Map<String, String> read(String json) {
        return new JsonStrings(json).members();
    }

    private Map<String, String> members() {
        Map<String, String> members = new HashMap<>();
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                String name = string();
                if (depth == 1 && next(':') && next('"')) {
                    at--;
                    members.putIfAbsent(name, string());
                }
                continue;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            at++;
        }
        return members;
    }

    /** Passes over blanks, and this character if it is the next. */
    private boolean next(char expected) {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** The string that begins here; one without an end goes to the end of the text. */
    private String string() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                break;
            }
            value.append(c == '\\' && at < text.length() ? escaped(text.charAt(at++)) : c);
        }
        return value.toString();
    }

    private char escaped(char c) {
        if (c != 'u') {
            int known = "bfnrt".indexOf(c);
            return known < 0 ? c : "\b\f\n\r\t".charAt(known);
        }
        int code = 0;
        int end = Math.min(at + 4, text.length());
        while (at < end && Character.digit(text.charAt(at), 16) >= 0) {
            code = code << 4 | Character.digit(text.charAt(at++), 16);
        }
        return (char) code;
    }
}
