package dev.pgwire.laboratory.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a Query apart that has several statements. */
final class Statements {
    /** What a semicolon may stand in without ending a statement, and the semicolon itself. */
    private static final Pattern PARTS = Pattern.compile(
            // Possessive: else a long literal overflows the stack.
            "[Ee]'(?:[^'\\\\]|''|\\\\.)*+'|'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\"|--[^\n]*+|/\\*.*?\\*/|(\\$\\w*\\$).*?\\1|(;)",
            Pattern.DOTALL);

    private Statements() {}

    /** The statements without their semicolons, and without those that are empty. */
    static List<String> of(String sql) {
        List<String> statements = new ArrayList<>();
        int from = 0;
        Matcher matcher = PARTS.matcher(sql);
        while (matcher.find()) {
            if (matcher.group(2) != null) {
                add(statements, sql.substring(from, matcher.start()));
                from = matcher.end();
            }
        }
        add(statements, sql.substring(from));
        return statements;
    }

    private static void add(List<String> statements, String statement) {
        if (!statement.isBlank()) {
            statements.add(statement.strip());
        }
    }
}
