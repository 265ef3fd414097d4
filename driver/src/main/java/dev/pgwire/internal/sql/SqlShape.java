package dev.pgwire.internal.sql;

import java.util.Set;

/**
 * What must be known of SQL before it is sent.
 *
 * @param firstWord its first key word in capitals, empty if there is none
 * @param hasSeveralStatements whether a semicolon stands between two statements
 * @param parameters the number of its last parameter, so that of the values that it takes; up to the second statement
 * @param changesMeaning whether running it may change what other texts mean: which objects their names find, how their
 *     literals are read
 * @param endsTransaction whether it may end a transaction or undo a part of it
 * @param readsClock whether a literal in it may be read against the clock, as {@code 'now'} is
 * @param returnsRows whether it is a query, or has RETURNING
 * @param leavesTraces whether it may leave something in the session that outlives its transaction: settings, temporary tables,
 *     LISTEN, advisory locks
 */
public record SqlShape(
        String firstWord,
        boolean hasSeveralStatements,
        int parameters,
        boolean changesMeaning,
        boolean endsTransaction,
        boolean readsClock,
        boolean returnsRows,
        boolean leavesTraces) {
    /** What the server plans, and what answers with rows that are worth having in binary. */
    private static final Set<String> OPTIMIZABLE =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES", "TABLE");

    /** The server is not asked to keep a statement whose text is longer than this. */
    public static final int LONGEST_KEPT = 16 * 1024;

    /** That of an empty text. */
    public static final SqlShape EMPTY = new SqlShape("", false, 0, false, false, false, false, false);

    public static SqlShape of(String sql, boolean backslashEscapes) {
        return new SqlShapeReader(sql, backslashEscapes).read();
    }

    /** Whether it is a statement that the server plans, and no utility command (PostgreSQL manual, 43.5.2). */
    public boolean isOptimizable() {
        return OPTIMIZABLE.contains(firstWord);
    }

    /**
     * Whether the server may keep the statement from one execution to the next. Without parameters it may not: the server
     * reads its literals once, when it parses it, and what they mean may have changed by the next time. Nor may it one that leaves
     * something in the session, which is noticed with each text that is parsed.
     */
    public boolean mayBeKept() {
        return parameters > 0 && !readsClock && !changesMeaning && !leavesTraces;
    }
}
