package dev.pgwire.console.input;

import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Finds where a statement ends, line by line, as psql's scanner does: a semicolon ends it outside of quotes, comments,
 * parentheses and the {@code BEGIN ATOMIC ... END} of a function; {@code \;} is one that does not; any other backslash
 * begins a command. Variables ({@code :name}, {@code :'name'}, {@code :"name"}) are replaced on the way.
 */
public final class StatementScanner {
    private static final Set<String> FUNCTION_WORDS = Set.of("create", "or", "replace", "function", "procedure");
    private static final Pattern FUNCTION_HEAD = Pattern.compile("create (or replace )?(function|procedure) ");

    private final Variables variables;
    private final BooleanSupplier standardStrings;
    private final BooleanSupplier replacesVariables;
    private final StringBuilder input = new StringBuilder();
    private int at;
    private State plainQuotes = State.QUOTES;

    private State state = State.PLAIN;
    private String dollarTag = "";
    private int commentDepth;
    private int parentheses;
    private int blocks;
    private int words;
    private String head = "";

    /**
     * A scanner at the beginning of its input.
     *
     * @param standardStrings whether the session's {@code standard_conforming_strings} is on; else a backslash escapes within
     *     plain quotes too. Asked at each line, as psql does it.
     * @param replacesVariables asked at each variable: not in a branch of {@code \if} that is not taken
     */
    public StatementScanner(Variables variables, BooleanSupplier standardStrings, BooleanSupplier replacesVariables) {
        this.variables = variables;
        this.standardStrings = standardStrings;
        this.replacesVariables = replacesVariables;
    }

    /** Takes a line, without its end. */
    public void line(String line) {
        plainQuotes = standardStrings.getAsBoolean() ? State.QUOTES : State.ESCAPES;
        input.setLength(0);
        input.append(line);
        at = 0;
    }

    /** Moves text to the statement up to whatever stops it; to be called until the line ends. */
    public Stop scan(StringBuilder statement) {
        while (at < input.length()) {
            if (state != State.PLAIN) {
                insideQuotesOrComment(statement);
                continue;
            }
            char c = input.charAt(at);
            if (c == ';') {
                statement.append(c);
                at++;
                if (parentheses == 0 && blocks == 0) {
                    words = 0;
                    return Stop.SEMICOLON;
                }
            } else if (c == '\\') {
                at++;
                if (!looksAt(";") && !looksAt(":")) {
                    return Stop.BACKSLASH;
                }
                words = looksAt(";") ? 0 : words;
                take(1, statement);
            } else {
                plain(c, statement);
            }
        }
        return Stop.END_OF_LINE;
    }

    /** What follows the backslash that stopped the scan; the reader then skips what it took. */
    public String rest() {
        return input.substring(at);
    }

    public void skip(int characters) {
        at += characters;
    }

    /** Forgets everything but the rest of the line. */
    public void reset() {
        state = State.PLAIN;
        parentheses = 0;
        blocks = 0;
        words = 0;
    }

    public int parentheses() {
        return parentheses;
    }

    /** As it was before what a branch of {@code \if} had, which is not taken. */
    public void parentheses(int depth) {
        parentheses = depth;
    }

    public boolean inQuotes() {
        return state != State.PLAIN;
    }

    /** The character of psql's prompt that says what is open: {@code ' " $ * (}, or {@code -} in a statement, or {@code =}. */
    public char prompt(boolean inStatement) {
        return switch (state) {
            case QUOTES, ESCAPES -> '\'';
            case IDENTIFIER -> '"';
            case DOLLAR -> '$';
            case COMMENT -> '*';
            case PLAIN -> {
                if (parentheses > 0 && blocks == 0) {
                    yield '(';
                }
                yield inStatement ? '-' : '=';
            }
        };
    }

    private void plain(char c, StringBuilder statement) {
        if (isSpace(c)) {
            skipOrTake(1, statement);
        } else if (looksAt("--")) {
            skipOrTake(input.length() - at, statement);
        } else if (looksAt("/*")) {
            state = State.COMMENT;
            commentDepth = 0;
            take(2, statement);
        } else if (c == '\'') {
            open(plainQuotes, statement);
        } else if (c == '"') {
            open(State.IDENTIFIER, statement);
        } else if (c == '$') {
            dollar(statement);
        } else if (c == ':') {
            colon(statement);
        } else if (isWordStart(c)) {
            word(statement);
        } else if (isDigit(c)) {
            number(statement);
        } else {
            if (c == '(') {
                parentheses++;
            } else if (c == ')' && parentheses > 0) {
                parentheses--;
            }
            take(1, statement);
        }
    }

    private void insideQuotesOrComment(StringBuilder statement) {
        char c = input.charAt(at);
        switch (state) {
            case QUOTES -> closeOn('\'', c, statement);
            case IDENTIFIER -> closeOn('"', c, statement);
            case ESCAPES -> {
                if (c == '\\') {
                    take(Math.min(2, input.length() - at), statement);
                } else {
                    closeOn('\'', c, statement);
                }
            }
            case DOLLAR -> {
                if (looksAt(dollarTag)) {
                    take(dollarTag.length(), statement);
                    state = State.PLAIN;
                } else {
                    take(1, statement);
                }
            }
            case COMMENT -> comment(statement);
            case PLAIN -> throw new IllegalStateException();
        }
    }

    private void comment(StringBuilder statement) {
        if (looksAt("/*")) {
            commentDepth++;
            take(2, statement);
        } else if (looksAt("*/")) {
            take(2, statement);
            if (commentDepth-- == 0) {
                state = State.PLAIN;
            }
        } else {
            take(1, statement);
        }
    }

    private void closeOn(char quote, char c, StringBuilder statement) {
        if (c != quote) {
            take(1, statement);
        } else if (looksAt("" + quote + quote)) {
            take(2, statement);
        } else {
            take(1, statement);
            state = State.PLAIN;
        }
    }

    private void open(State quotes, StringBuilder statement) {
        take(1, statement);
        state = quotes;
    }

    private void dollar(StringBuilder statement) {
        int end = at + 1;
        if (end < input.length() && isWordStart(input.charAt(end))) {
            while (end < input.length() && isWordPart(input.charAt(end))) {
                end++;
            }
        }
        if (end < input.length() && input.charAt(end) == '$') {
            dollarTag = input.substring(at, end + 1);
            take(dollarTag.length(), statement);
            state = State.DOLLAR;
        } else {
            take(1, statement);
        }
    }

    private void colon(StringBuilder statement) {
        if (looksAt("::") || looksAt(":=")) {
            take(2, statement);
            return;
        }
        Variables.Reference reference = replacesVariables.getAsBoolean() ? variables.reference(input, at) : null;
        if (reference == null) {
            // Up to where the name ends: what follows it may open quotes.
            int end = at + 1;
            while (end < input.length() && isWordPart(input.charAt(end))) {
                end++;
            }
            take(end - at, statement);
        } else if (reference.isPlain()) {
            // Its text is scanned in turn: it may hold a quote, a semicolon, a variable.
            input.replace(at, at + reference.length(), reference.text());
        } else {
            statement.append(reference.text());
            at += reference.length();
        }
    }

    /** With the letters that follow it: {@code 1e'...'} holds no escape string. */
    private void number(StringBuilder statement) {
        int end = at;
        while (end < input.length() && (isDigit(input.charAt(end)) || input.charAt(end) == '.')) {
            end++;
        }
        if (end < input.length() && isWordStart(input.charAt(end))) {
            end = endOfWord(end);
        }
        take(end - at, statement);
    }

    private void word(StringBuilder statement) {
        int end = endOfWord(at);
        String word = input.substring(at, end).toLowerCase(Locale.ROOT);
        take(end - at, statement);
        if (word.equals("e") && looksAt("'")) {
            open(State.ESCAPES, statement);
            return;
        }
        if (isStandardPrefix(word)) {
            take(word.equals("u") ? 1 : 0, statement);
            open(State.QUOTES, statement);
            return;
        }
        block(word);
    }

    /** {@code B'...'}, {@code X'...'} and {@code U&'...'}, in which no backslash escapes a quote, whatever the setting. */
    private boolean isStandardPrefix(String word) {
        return switch (word) {
            case "b", "x" -> looksAt("'");
            case "u" -> looksAt("&'");
            default -> false;
        };
    }

    /** A function's body may hold semicolons between BEGIN and END; CASE ends with END too. */
    private void block(String word) {
        if (words++ == 0) {
            head = "";
        }
        if (words <= 4) {
            head += FUNCTION_WORDS.contains(word) ? word + " " : "- ";
        }
        boolean function = FUNCTION_HEAD.matcher(head).lookingAt();
        if (!function || parentheses > 0) {
            return;
        }
        if (word.equals("begin") || word.equals("case") && blocks > 0) {
            blocks++;
        } else if (word.equals("end") && blocks > 0) {
            blocks--;
        }
    }

    private boolean looksAt(String text) {
        if (text.length() > input.length() - at) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != input.charAt(at + i)) {
                return false;
            }
        }
        return true;
    }

    private void take(int characters, StringBuilder statement) {
        statement.append(input, at, at + characters);
        at += characters;
    }

    /** Blanks and comments before a statement are none of the server's business. */
    private void skipOrTake(int characters, StringBuilder statement) {
        if (statement.isEmpty()) {
            at += characters;
        } else {
            take(characters, statement);
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private int endOfWord(int begin) {
        int end = begin;
        while (end < input.length() && (isWordPart(input.charAt(end)) || input.charAt(end) == '$')) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isWordStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    }

    static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c);
    }

    /** Why the scan stopped. */
    public enum Stop {
        SEMICOLON,
        BACKSLASH,
        END_OF_LINE
    }

    private enum State {
        PLAIN,
        QUOTES,
        ESCAPES,
        IDENTIFIER,
        DOLLAR,
        COMMENT
    }
}
