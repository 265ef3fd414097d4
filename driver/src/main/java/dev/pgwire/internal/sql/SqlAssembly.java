package dev.pgwire.internal.sql;

import dev.pgwire.error.InterfaceException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts SQL together of texts and of tokens that stand between them: constants, names, parameters. A token stays a token of its own
 * wherever it is put: two quotes beside each other would be one, and two minuses a comment.
 */
public final class SqlAssembly {
    private final StringBuilder sql = new StringBuilder();
    private final List<Span> tokens = new ArrayList<>();

    /** Where something stands. */
    record Span(int start, int end) {}

    /** An assembly of nothing. */
    public SqlAssembly() {}

    /** Adds a text as it is. */
    public void text(CharSequence text) {
        if (text.isEmpty()) {
            return;
        }
        if (!tokens.isEmpty()) {
            Span last = tokens.get(tokens.size() - 1);
            if (last.end() == sql.length() && runsOn(last, text.charAt(0))) {
                sql.append(' ');
            }
        }
        sql.append(text);
    }

    /** Adds a token. */
    public void token(String token) {
        if (!sql.isEmpty() && !separates(sql.charAt(sql.length() - 1), token)) {
            sql.append(' ');
        }
        int start = sql.length();
        sql.append(token);
        tokens.add(new Span(start, sql.length()));
    }

    /** Whether a text that begins so would go on with the token before it. */
    private boolean runsOn(Span token, char first) {
        boolean number = Character.isDigit(sql.charAt(token.end() - 1));
        return SqlScanner.isNamePart(first) || first == '\'' || first == '"' || (number && first == '.');
    }

    private static boolean separates(char before, String token) {
        return switch (before) {
            case '(', ',', '[', ';' -> true;
            case '=', '<', '>' -> token.charAt(0) != '-';
            case '.', ':' -> token.charAt(0) == '"';
            default -> SqlScanner.isSpace(before);
        };
    }

    /**
     * What was put together.
     *
     * @throws InterfaceException if a token is none, because it stands in a string or a comment: for sure, or in a session of the other
     *     setting of {@code standard_conforming_strings}
     */
    public String whole() {
        String text = sql.toString();
        List<Span> found = spans(text, false);
        check(found, false);
        if (text.indexOf('\\') >= 0) {
            check(spans(text, true), true);
        }
        return new ConstantsInPlace(text, found).of(tokens);
    }

    private static List<Span> spans(String text, boolean backslashEscapes) {
        List<Span> spans = new ArrayList<>();
        SqlScanner scanner = new SqlScanner(text, backslashEscapes);
        while (scanner.next() != SqlScanner.Token.END) {
            spans.add(new Span(scanner.start(), scanner.end()));
        }
        return spans;
    }

    private void check(List<Span> found, boolean backslashEscapes) {
        int at = 0;
        for (Span token : tokens) {
            while (at < found.size() && found.get(at).start() < token.start()) {
                at++;
            }
            if (at == found.size() || found.get(at).start() != token.start()) {
                // The text is not shown: it has the values.
                throw new InterfaceException("a value, a name or a placeholder stands in a string or in a comment"
                        + (backslashEscapes ? " if standard_conforming_strings is off" : "")
                        + ", at character " + (token.start() + 1)
                        + " of the statement, expected it outside of them"
                        + (backslashEscapes ? ", and E'...' for a string with a backslash" : ""));
            }
        }
    }
}
