package dev.pgwire.bench.script;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where a statement ends: at a semicolon, or at a backslash, that stands in no quotes, comment or parentheses. */
final class SqlScanner {
    private static final Pattern DOLLAR =
            Pattern.compile("\\$(?:[A-Za-z_\\x80-\\uFFFF][A-Za-z0-9_\\x80-\\uFFFF]*)?\\$");

    private final String source;
    private final StringBuilder sql = new StringBuilder();
    private int at;
    private int depth;

    SqlScanner(String source, int from) {
        this.source = source;
        this.at = from;
    }

    /** What was read. */
    String sql() {
        return sql.toString();
    }

    /** Reads on until a statement ends; the offset of what ended it. */
    int scan() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '\\') {
                if (!isForced()) {
                    return at;
                }
                sql.append(source.charAt(at + 1));
                at += 2;
            } else if (c == ';' && depth == 0) {
                return at;
            } else {
                take(piece(c));
            }
        }
        return at;
    }

    /** Whether a semicolon or a colon is meant to be one, and to end nothing. */
    private boolean isForced() {
        return at + 1 < source.length() && (source.charAt(at + 1) == ';' || source.charAt(at + 1) == ':');
    }

    private void take(int end) {
        sql.append(source, at, end);
        at = end;
    }

    /** The end of the piece that begins here. */
    private int piece(char c) {
        switch (c) {
            case '(':
                depth++;
                return at + 1;
            case ')':
                depth = Math.max(0, depth - 1);
                return at + 1;
            case '\'':
                return quoted('\'', hasEscapes());
            case '"':
                return quoted('"', false);
            case '-':
                return source.startsWith("--", at) ? endOf(source.indexOf('\n', at)) : at + 1;
            case '/':
                return source.startsWith("/*", at) ? comment() : at + 1;
            case '$':
                return dollar();
            default:
                return Names.isFirst(c) ? word() : at + 1;
        }
    }

    private int endOf(int found) {
        return found < 0 ? source.length() : found;
    }

    /** A dollar within a word begins no quotes. */
    private int word() {
        int end = at + 1;
        while (end < source.length() && (Names.isPart(source.charAt(end)) || source.charAt(end) == '$')) {
            end++;
        }
        return end;
    }

    /** Whether the word before the quote is an E, so that backslashes are escapes. */
    private boolean hasEscapes() {
        boolean e = at > 0 && (source.charAt(at - 1) == 'e' || source.charAt(at - 1) == 'E');
        return e && (at == 1 || !Names.isPart(source.charAt(at - 2)));
    }

    private int quoted(char quote, boolean escapes) {
        for (int end = at + 1; end < source.length(); end++) {
            char c = source.charAt(end);
            if (c == quote) {
                return end + 1;
            }
            if (c == '\\' && escapes) {
                end++;
            }
        }
        return source.length();
    }

    /** Comments may stand in comments. */
    private int comment() {
        int nested = 0;
        for (int end = at; end < source.length() - 1; end++) {
            if (source.startsWith("/*", end)) {
                nested++;
                end++;
            } else if (source.startsWith("*/", end)) {
                end++;
                if (--nested == 0) {
                    return end + 1;
                }
            }
        }
        return source.length();
    }

    private int dollar() {
        Matcher tag = DOLLAR.matcher(source).region(at, source.length());
        if (!tag.lookingAt()) {
            return at + 1;
        }
        int close = source.indexOf(tag.group(), tag.end());
        return close < 0 ? source.length() : close + tag.group().length();
    }
}
