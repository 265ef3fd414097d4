package dev.pgwire.internal.sql;

import dev.pgwire.error.InterfaceException;
import java.util.BitSet;

/**
 * Puts SQL together of texts and of tokens that stand between them: constants, names, parameters. A token stays a token of its own
 * wherever it is put: two quotes beside each other would be one, and two minuses a comment.
 */
public final class SqlAssembly {
    private static final int NONE = -1;

    private final StringBuilder sql = new StringBuilder();
    /** Where the tokens begin. */
    private final BitSet starts = new BitSet();

    private int tokenStart = NONE;
    private int tokenEnd = NONE;

    /** An assembly of nothing. */
    public SqlAssembly() {}

    /** Adds a text as it is. */
    public void text(CharSequence text) {
        if (text.isEmpty()) {
            return;
        }
        if (tokenEnd == sql.length() && runsOn(text.charAt(0))) {
            sql.append(' ');
        }
        sql.append(text);
        quoteBeforeCast();
    }

    /** Adds a token. */
    public void token(String token) {
        if (!sql.isEmpty() && !separates(sql.charAt(sql.length() - 1), token)) {
            sql.append(' ');
        }
        tokenStart = sql.length();
        starts.set(tokenStart);
        sql.append(token);
        tokenEnd = sql.length();
    }

    /** Whether a text that begins so would go on with the token before it. */
    private boolean runsOn(char first) {
        boolean number = Character.isDigit(sql.charAt(tokenEnd - 1));
        return SqlScanner.isNamePart(first) || first == '\'' || first == '"' || (number && first == '.');
    }

    private static boolean separates(char before, String token) {
        return switch (before) {
            case '(', ',', '[', ';' -> true;
            case '=', '<', '>' -> token.charAt(0) != '-';
            case '.', ':' -> token.charAt(0) == '"';
            // To the server a space beyond ASCII is a letter.
            default -> before <= ' ' && Character.isWhitespace(before);
        };
    }

    /**
     * A cast gives a number in quotes its type, as it gives a parameter its own: a minus would be taken after the cast, and some types
     * have no cast from a number.
     */
    private void quoteBeforeCast() {
        if (tokenEnd == NONE || !isNumber(sql.charAt(tokenStart))) {
            return;
        }
        int at = tokenEnd;
        while (at < sql.length() && Character.isWhitespace(sql.charAt(at))) {
            at++;
        }
        if (at == sql.length()) {
            return;
        }
        if (sql.indexOf("::", at) == at) {
            sql.insert(tokenEnd, '\'').insert(tokenStart, '\'');
        }
        tokenEnd = NONE;
    }

    private static boolean isNumber(char first) {
        return first == '-' || Character.isDigit(first);
    }

    /**
     * What was put together.
     *
     * @throws InterfaceException if a token is none, because it stands in a string or a comment: for sure, or in a session of the other
     *     setting of {@code standard_conforming_strings}
     */
    public String whole() {
        String text = sql.toString();
        check(text, false);
        if (text.indexOf('\\') >= 0) {
            check(text, true);
        }
        return text;
    }

    private void check(String text, boolean backslashEscapes) {
        BitSet missing = (BitSet) starts.clone();
        SqlScanner scanner = new SqlScanner(text, backslashEscapes);
        while (scanner.next() != SqlScanner.Token.END) {
            missing.clear(scanner.start());
        }
        if (!missing.isEmpty()) {
            // The text is not shown: it has the values.
            throw new InterfaceException("a value, a name or a placeholder stands in a string or in a comment"
                    + (backslashEscapes ? " if standard_conforming_strings is off" : "")
                    + ", at character " + (missing.nextSetBit(0) + 1)
                    + " of the statement, expected it outside of them"
                    + (backslashEscapes ? ", and E'...' for a string with a backslash" : ""));
        }
    }
}
