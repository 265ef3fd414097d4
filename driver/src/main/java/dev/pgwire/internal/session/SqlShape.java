package dev.pgwire.internal.session;

import java.util.Locale;
import java.util.Set;

/**
 * What must be known of SQL before it is sent.
 *
 * @param firstWord its first key word in capitals, empty if there is none
 * @param hasSeveralStatements whether a semicolon stands between two statements
 * @param parameters the number of its last parameter, so that of the values that it takes; up to the second statement
 */
record SqlShape(String firstWord, boolean hasSeveralStatements, int parameters) {
    /** What is run again and again, and answers with rows that are worth having in binary. */
    private static final Set<String> PREPARED =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES", "TABLE");

    private static final int MOST_PARAMETERS = 65_535;

    private static final Set<String> CHANGES = Set.of("DISCARD", "DEALLOCATE", "ALTER", "DROP");

    static SqlShape of(String sql, boolean backslashEscapes) {
        SqlScanner scanner = new SqlScanner(sql, backslashEscapes);
        String firstWord = "";
        boolean semicolon = false;
        int parameters = 0;
        for (SqlScanner.Token token = scanner.next(); token != SqlScanner.Token.END; token = scanner.next()) {
            if (token == SqlScanner.Token.SEMICOLON) {
                semicolon = true;
            } else if (semicolon) {
                return new SqlShape(firstWord, true, parameters);
            } else if (token == SqlScanner.Token.WORD && firstWord.isEmpty()) {
                firstWord = sql.substring(scanner.start(), scanner.end()).toUpperCase(Locale.ROOT);
            } else if (token == SqlScanner.Token.NUMBERED_PARAMETER) {
                parameters = Math.max(parameters, number(sql, scanner.start() + 1, scanner.end()));
            }
        }
        return new SqlShape(firstWord, false, parameters);
    }

    /** Digits as a number; one that no parameter has is the server's to refuse. */
    private static int number(String sql, int from, int to) {
        int number = 0;
        for (int i = from; i < to && number < MOST_PARAMETERS; i++) {
            number = 10 * number + sql.charAt(i) - '0';
        }
        return number;
    }

    /** Whether the server should keep the statement prepared. */
    boolean isWorthPreparing() {
        return PREPARED.contains(firstWord);
    }

    /**
     * Whether running it may take the session's prepared statements away, or change what they take and give, which the
     * server would not tell.
     */
    static boolean mayChangeStatements(String sql) {
        String upper = sql.toUpperCase(Locale.ROOT);
        return CHANGES.stream().anyMatch(upper::contains);
    }
}
