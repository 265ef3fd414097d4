package dev.pgwire.internal.sql;

import java.util.Locale;
import java.util.Set;

/** Reads through SQL once, for all that {@link SqlShape} tells. When in doubt it says what keeps the driver careful. */
final class SqlShapeReader {
    /** Commands behind which the same names may find other objects, or prepared statements may be gone. */
    private static final Set<String> CHANGES = Set.of(
            "CREATE",
            "ALTER",
            "DROP",
            "DISCARD",
            "DEALLOCATE",
            "DO",
            "CALL",
            "GRANT",
            "REVOKE",
            "REASSIGN",
            "IMPORT",
            "LOAD",
            "EXECUTE");

    private static final Set<String> ENDS = Set.of("COMMIT", "END", "ROLLBACK", "ABORT", "PREPARE");

    /** Commands that leave nothing in the session; SET has its own rules. */
    private static final Set<String> TRACELESS = Set.of(
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "WITH",
            "VALUES",
            "TABLE",
            "BEGIN",
            "START",
            "COMMIT",
            "END",
            "ROLLBACK",
            "ABORT",
            "SAVEPOINT",
            "RELEASE",
            "EXPLAIN",
            "SHOW",
            "SET",
            "COPY",
            "TRUNCATE",
            "ANALYZE",
            "VACUUM",
            "REINDEX",
            "REFRESH",
            "LOCK",
            "NOTIFY",
            "DECLARE",
            "FETCH",
            "MOVE",
            "CLOSE",
            "COMMENT",
            "ALTER",
            "DROP",
            "GRANT",
            "REVOKE");

    /** Functions that take locks of the session. */
    private static final String[] LOCKS = {"pg_advisory_lock", "pg_try_advisory_lock"};

    /** The commands that a function may get as a text to run. */
    private static final String[] COMMANDS = {"CREATE", "ALTER", "DROP", "DISCARD", "DEALLOCATE", "SET", "RESET"};

    /** What literals of dates and times may say that is not the same tomorrow (PostgreSQL manual, 8.5.1.4). */
    private static final String[] CLOCK = {"now", "today", "tomorrow", "yesterday"};

    private static final int MOST_PARAMETERS = 65_535;

    private final String sql;
    private final boolean backslashEscapes;
    private final SqlScanner scanner;
    private String firstWord = "";
    private boolean several;
    private int parameters;
    private boolean changes;
    private boolean ends;
    private boolean readsClock;
    private boolean returns;
    private boolean leaves;
    /** How many parentheses are open since a {@code set_config}; 0 outside of one. */
    private int configDepth;
    /** Whether the last token in it was {@code true}, which makes it local if it is the last of all. */
    private boolean local;
    /** The first word of the statement at hand; empty before it. */
    private String command = "";

    private boolean semicolon;
    /** Whether the token before was a literal. */
    private boolean afterLiteral;
    /** Whether the word before was INSERT or MERGE, whose INTO makes no table. */
    private boolean intoExpected;

    SqlShapeReader(String sql, boolean backslashEscapes) {
        this.sql = sql;
        this.backslashEscapes = backslashEscapes;
        this.scanner = new SqlScanner(sql, backslashEscapes);
    }

    SqlShape read() {
        SqlScanner.Token token = scanner.next();
        while (token != SqlScanner.Token.END) {
            if (semicolon && token != SqlScanner.Token.SEMICOLON) {
                several = true;
            }
            token = take(token);
        }
        boolean rows = returns || firstWord.equals("SELECT") || firstWord.equals("VALUES") || firstWord.equals("TABLE");
        return new SqlShape(
                firstWord, several, parameters, changes, ends, readsClock, rows || firstWord.equals("WITH"), leaves);
    }

    /** Takes a token, and goes on to the next one that was not taken. */
    private SqlScanner.Token take(SqlScanner.Token token) {
        if (configDepth > 0) {
            followConfig(token);
        }
        switch (token) {
            case SEMICOLON -> {
                semicolon = true;
                command = "";
            }
            case WORD -> {
                afterLiteral = false;
                return word();
            }
            case NUMBERED_PARAMETER -> {
                if (!several) {
                    parameters = Math.max(parameters, number(scanner.start() + 1, scanner.end()));
                }
            }
            case LITERAL -> {
                literal(scanner.start(), scanner.end());
                afterLiteral = true;
                return scanner.next();
            }
            default -> {}
        }
        afterLiteral = false;
        return scanner.next();
    }

    private SqlScanner.Token word() {
        if (command.isEmpty()) {
            command = sql.substring(scanner.start(), scanner.end()).toUpperCase(Locale.ROOT);
            if (firstWord.isEmpty() && !several) {
                firstWord = command;
            }
            changes |= CHANGES.contains(command);
            leaves |= !TRACELESS.contains(command);
            ends |= ENDS.contains(command);
            intoExpected = isInsert();
            return command.equals("SET") || command.equals("RESET") ? setting() : scanner.next();
        }
        boolean insert = intoExpected;
        intoExpected = isInsert();
        if (is("INTO") && !insert) {
            changes |= isQuery();
            leaves |= isQuery();
        } else if (is("CREATE") && command.equals("EXPLAIN")) {
            changes = true;
            leaves = true;
        } else if (is("HOLD") && command.equals("DECLARE")) {
            leaves = true;
        } else if (is("RETURNING")) {
            returns = true;
        } else if (is("UESCAPE")) {
            readsClock = true;
        } else if (is("pg_settings")) {
            // A rule of the view sets what is updated in it.
            changes |= command.equals("UPDATE") || command.equals("WITH");
            leaves |= changes;
        } else if (is("set_config")) {
            return setConfig();
        } else {
            leaves |= takesLock();
        }
        return scanner.next();
    }

    private boolean takesLock() {
        for (int i = 0; i < LOCKS.length; i++) {
            if (sql.regionMatches(true, scanner.start(), LOCKS[i], 0, LOCKS[i].length())) {
                return true;
            }
        }
        return false;
    }

    private boolean isInsert() {
        return is("INSERT") || is("MERGE");
    }

    private boolean isQuery() {
        return command.equals("SELECT") || command.equals("WITH") || command.equals("EXPLAIN");
    }

    /** {@code SET [SESSION | LOCAL] name ...}, {@code RESET name}. */
    private SqlScanner.Token setting() {
        SqlScanner.Token token = scanner.next();
        leaves |= !(token == SqlScanner.Token.WORD && (is("LOCAL") || is("TRANSACTION") || is("CONSTRAINTS")));
        if (token == SqlScanner.Token.WORD && (is("SESSION") || is("LOCAL"))) {
            token = scanner.next();
        }
        if (token != SqlScanner.Token.WORD) {
            changes = true;
            return token;
        }
        boolean custom = scanner.end() < sql.length() && sql.charAt(scanner.end()) == '.';
        changes |= !custom && !Settings.keepsMeaning(sql.substring(scanner.start(), scanner.end()));
        return scanner.next();
    }

    /** {@code set_config('name', ...)}. */
    private SqlScanner.Token setConfig() {
        SqlScanner.Token token = scanner.next();
        if (token == SqlScanner.Token.OTHER && sql.charAt(scanner.start()) == '(') {
            configDepth = 1;
            token = scanner.next();
            if (token == SqlScanner.Token.LITERAL && sql.charAt(scanner.start()) == '\'') {
                String name = sql.substring(scanner.start(), scanner.end()).replace("'", "");
                changes |= name.indexOf('.') < 0 && !Settings.keepsMeaning(name);
                return scanner.next();
            }
        }
        changes = true;
        leaves |= configDepth == 0;
        return token;
    }

    /** {@code set_config(..., true)} lasts as long as the transaction. */
    private void followConfig(SqlScanner.Token token) {
        char first = token == SqlScanner.Token.OTHER ? sql.charAt(scanner.start()) : ' ';
        if (first == '(') {
            configDepth++;
        } else if (first == ')' && --configDepth == 0) {
            leaves |= !local;
        }
        local = token == SqlScanner.Token.WORD && is("true");
    }

    private void literal(int from, int to) {
        if (!readsClock && sql.length() <= SqlShape.LONGEST_KEPT) {
            readsClock = hidesLetters(from, to) || (afterLiteral && hasLineBreak(from));
            for (int i = 0; i < CLOCK.length && !readsClock; i++) {
                readsClock = hasWord(CLOCK[i], from, to);
            }
        }
        int at = contentStart(from, to);
        while (at < to && SqlScanner.isSpace(sql.charAt(at))) {
            at++;
        }
        for (int i = 0; i < COMMANDS.length && !(changes && leaves); i++) {
            int end = at + COMMANDS[i].length();
            boolean command = end + 1 < to
                    && sql.regionMatches(true, at, COMMANDS[i], 0, COMMANDS[i].length())
                    && SqlScanner.isSpace(sql.charAt(end));
            changes |= command;
            leaves |= command;
        }
    }

    /** Behind the quote, the E or the tag. */
    private int contentStart(int from, int to) {
        int quote = sql.charAt(from) == '$' ? sql.indexOf('$', from + 1) : sql.indexOf('\'', from);
        return quote < 0 ? to : Math.min(to, quote + 1);
    }

    /** A string goes on behind a line break. */
    private boolean hasLineBreak(int from) {
        for (int at = from - 1; at >= 0 && SqlScanner.isSpace(sql.charAt(at)); at--) {
            if (sql.charAt(at) == '\n' || sql.charAt(at) == '\r') {
                return true;
            }
        }
        return false;
    }

    /** Whether an escape may stand for a letter: in {@code E'\x6eow'}, {@code U&'\006eow'}, or in an old-fashioned session. */
    private boolean hidesLetters(int from, int to) {
        boolean escapes = backslashEscapes || sql.charAt(from) != '\'' || (from > 0 && sql.charAt(from - 1) == '&');
        if (!escapes || sql.charAt(from) == '$') {
            return false;
        }
        int backslash = sql.indexOf('\\', from);
        return backslash >= 0 && backslash < to;
    }

    private boolean hasWord(String word, int from, int to) {
        for (int at = from; at + word.length() <= to; at++) {
            if (sql.regionMatches(true, at, word, 0, word.length())
                    && (at == 0 || !Character.isLetter(sql.charAt(at - 1)))
                    && (at + word.length() == sql.length() || !Character.isLetter(sql.charAt(at + word.length())))) {
                return true;
            }
        }
        return false;
    }

    private boolean is(String word) {
        int length = scanner.end() - scanner.start();
        return length == word.length() && sql.regionMatches(true, scanner.start(), word, 0, length);
    }

    /** Digits as a number; one that no parameter has is the server's to refuse. */
    private int number(int from, int to) {
        int number = 0;
        for (int i = from; i < to && number < MOST_PARAMETERS; i++) {
            number = 10 * number + sql.charAt(i) - '0';
        }
        return number;
    }
}
