package dev.pgwire.internal.sql;

/**
 * Walks SQL as the server's lexer does, far enough to know what is quoted and what is not (PostgreSQL manual, 4.1 Lexical
 * Structure). What is not closed reaches to the end; telling that it is wrong is the server's part.
 */
public final class SqlScanner {
    /** What stands at a place. */
    public enum Token {
        /** A key word or a name without quotes. */
        WORD,
        /** {@code :name}; its name begins one character later. */
        NAMED_PARAMETER,
        /** {@code $1}. */
        NUMBERED_PARAMETER,
        SEMICOLON,
        /** A string constant, with its quotes: {@code 'it''s'}, {@code E'\n'}, {@code $tag$ ... $tag$}. */
        LITERAL,
        /** A number, a quoted name, an operator. */
        OTHER,
        END
    }

    private final String sql;
    private final boolean backslashEscapes;
    private int start;
    private int at;

    /** A scanner before the first token. In an old-fashioned session a backslash escapes in every string. */
    public SqlScanner(String sql, boolean backslashEscapes) {
        this.sql = sql;
        this.backslashEscapes = backslashEscapes;
    }

    /** Where the token begins that {@link #next} found last. */
    public int start() {
        return start;
    }

    /** Where it ends. */
    public int end() {
        return at;
    }

    /** Goes to the next token, over white space and comments. */
    public Token next() {
        skipSpaceAndComments();
        start = at;
        if (at >= sql.length()) {
            return Token.END;
        }
        char c = sql.charAt(at++);
        if (isNameStart(c)) {
            skipNamePart();
            if (at - start == 1 && (c == 'e' || c == 'E') && peek(0) == '\'') {
                do {
                    at++;
                    skipString(true);
                } while (goesOnInAnotherLine());
                return Token.LITERAL;
            }
            return Token.WORD;
        }
        switch (c) {
            case ';' -> {
                return Token.SEMICOLON;
            }
            case '\'' -> {
                skipString(backslashEscapes);
                return Token.LITERAL;
            }
            case '"' -> skipQuoted('"');
            case '$' -> {
                return dollar();
            }
            case ':' -> {
                if (peek(0) == ':' || peek(0) == '=') {
                    at++;
                } else if (isNameStart(peek(0)) && !endsOperand(start)) {
                    skipNamePart();
                    return Token.NAMED_PARAMETER;
                }
            }
            default -> {
                if (isDigit(c)) {
                    skipNamePart();
                }
            }
        }
        return Token.OTHER;
    }

    /** In {@code a[1:n]} and {@code a[i:n]} the colon is a slice's: it follows an operand without a space. */
    private boolean endsOperand(int colon) {
        char before = colon == 0 ? ' ' : sql.charAt(colon - 1);
        return isNamePart(before) || before == ')' || before == ']' || before == '"' || before == '\'';
    }

    private void skipSpaceAndComments() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (isSpace(c)) {
                at++;
            } else if (c == '-' && peek(1) == '-') {
                while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
                    at++;
                }
            } else if (c == '/' && peek(1) == '*') {
                skipComment();
            } else {
                return;
            }
        }
    }

    /** Comments nest. */
    private void skipComment() {
        int depth = 0;
        do {
            if (peek(0) == '/' && peek(1) == '*') {
                depth++;
                at += 2;
            } else if (peek(0) == '*' && peek(1) == '/') {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
    }

    private void skipString(boolean escapes) {
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (c == '\\' && escapes) {
                at++;
            } else if (c == '\'') {
                if (peek(0) != '\'') {
                    return;
                }
                at++;
            }
        }
        at = sql.length();
    }

    /** A string goes on behind white space with a line break in it, and escapes there as it did before. */
    private boolean goesOnInAnotherLine() {
        int quote = at;
        boolean line = false;
        while (quote < sql.length()) {
            char c = sql.charAt(quote);
            if (c == '-' && quote + 1 < sql.length() && sql.charAt(quote + 1) == '-') {
                while (quote < sql.length() && sql.charAt(quote) != '\n' && sql.charAt(quote) != '\r') {
                    quote++;
                }
            } else if (isSpace(c)) {
                line |= c == '\n' || c == '\r';
                quote++;
            } else {
                break;
            }
        }
        if (!line || quote == sql.length() || sql.charAt(quote) != '\'') {
            return false;
        }
        at = quote;
        return true;
    }

    private void skipQuoted(char quote) {
        while (at < sql.length()) {
            if (sql.charAt(at++) == quote) {
                if (peek(0) != quote) {
                    return;
                }
                at++;
            }
        }
    }

    /** {@code $1}, or {@code $tag$ ... $tag$}. */
    private Token dollar() {
        int tagEnd = at;
        if (tagEnd < sql.length() && isNameStart(sql.charAt(tagEnd))) {
            tagEnd++;
            while (tagEnd < sql.length() && sql.charAt(tagEnd) != '$' && isNamePart(sql.charAt(tagEnd))) {
                tagEnd++;
            }
        }
        if (tagEnd < sql.length() && sql.charAt(tagEnd) == '$') {
            String tag = sql.substring(start, tagEnd + 1);
            int close = sql.indexOf(tag, tagEnd + 1);
            at = close < 0 ? sql.length() : close + tag.length();
            return Token.LITERAL;
        }
        boolean number = isDigit(peek(0));
        while (isDigit(peek(0))) {
            at++;
        }
        return number ? Token.NUMBERED_PARAMETER : Token.OTHER;
    }

    private void skipNamePart() {
        while (at < sql.length() && isNamePart(sql.charAt(at))) {
            at++;
        }
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
    }

    /** What the server takes for white space: beyond ASCII it takes a space for a letter. */
    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }
}
