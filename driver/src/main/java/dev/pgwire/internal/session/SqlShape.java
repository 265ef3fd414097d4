package dev.pgwire.internal.session;

import java.util.Locale;
import java.util.Set;

/**
 * What must be known of SQL before it is sent.
 *
 * @param firstWord its first key word in capitals, empty if there is none
 * @param hasSeveralStatements whether a semicolon stands between two statements
 */
record SqlShape(String firstWord, boolean hasSeveralStatements) {
    /** What is run again and again, and answers with rows that are worth having in binary. */
    private static final Set<String> PREPARED =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES", "TABLE");

    private static final Set<String> CHANGES = Set.of("DISCARD", "DEALLOCATE", "ALTER", "DROP");

    static SqlShape of(String sql, boolean backslashEscapes) {
        SqlScanner scanner = new SqlScanner(sql, backslashEscapes);
        String firstWord = "";
        boolean semicolon = false;
        for (SqlScanner.Token token = scanner.next(); token != SqlScanner.Token.END; token = scanner.next()) {
            if (token == SqlScanner.Token.SEMICOLON) {
                semicolon = true;
            } else if (semicolon) {
                return new SqlShape(firstWord, true);
            } else if (token == SqlScanner.Token.WORD && firstWord.isEmpty()) {
                firstWord = sql.substring(scanner.start(), scanner.end()).toUpperCase(Locale.ROOT);
            }
        }
        return new SqlShape(firstWord, false);
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
