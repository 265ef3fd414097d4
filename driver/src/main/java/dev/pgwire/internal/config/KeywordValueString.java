package dev.pgwire.internal.config;

import dev.pgwire.error.InterfaceException;

/**
 * The grammar of keyword/value strings (PostgreSQL manual, 32.1.1.1): {@code host=localhost dbname='my db'}. A backslash
 * escapes any character behind it, white space may surround the {@code =}, the last of several values for one keyword wins.
 */
public final class KeywordValueString {
    private final String text;
    private final Settings settings;
    private int at;

    private KeywordValueString(String text, Settings settings) {
        this.text = text;
        this.settings = settings;
    }

    static void read(String text, Settings settings) {
        new KeywordValueString(text, settings).pairs();
    }

    /** A value as it must stand in such a string. */
    public static String quote(String value) {
        boolean plain = !value.isEmpty();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            plain &= c != '\'' && c != '\\' && !CSpace.is(c);
        }
        return plain ? value : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private void pairs() {
        for (skipSpaces(); at < text.length(); skipSpaces()) {
            int start = at;
            while (at < text.length() && text.charAt(at) != '=' && !CSpace.is(text.charAt(at))) {
                at++;
            }
            String name = text.substring(start, at);
            skipSpaces();
            if (at == text.length() || text.charAt(at) != '=') {
                throw new InterfaceException("missing \"=\" after the word at character " + (start + 1)
                        + " of the connection string, " + ConnectionString.EXPECTED);
            }
            at++;
            skipSpaces();
            boolean quoted = at < text.length() && text.charAt(at) == '\'';
            if (!settings.put(name, quoted ? quoted() : plain(), Settings.CONNECTION_STRING)) {
                throw Keyword.unknown(
                        name,
                        Settings.CONNECTION_STRING,
                        "at character " + (start + 1)
                                + " of the connection string, expected one such as host, port, dbname or user, and single"
                                + " quotes around a value with a space in it");
            }
        }
    }

    private String plain() {
        StringBuilder value = new StringBuilder();
        while (at < text.length() && !CSpace.is(text.charAt(at))) {
            character(value);
        }
        return value.toString();
    }

    private String quoted() {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '\'') {
            character(value);
        }
        if (at == text.length()) {
            throw new InterfaceException("unterminated quoted string: the value that begins at character " + (start + 1)
                    + " of the connection string has no closing quote, expected '");
        }
        at++;
        return value.toString();
    }

    /** One character, or the one behind a backslash; a backslash with nothing behind it is nothing. */
    private void character(StringBuilder value) {
        if (text.charAt(at) == '\\' && ++at == text.length()) {
            return;
        }
        value.append(text.charAt(at++));
    }

    private void skipSpaces() {
        while (at < text.length() && CSpace.is(text.charAt(at))) {
            at++;
        }
    }
}
