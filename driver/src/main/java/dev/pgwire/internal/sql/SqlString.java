package dev.pgwire.internal.sql;

/** Texts as constants of SQL. */
public final class SqlString {
    private SqlString() {}

    /** A constant that means the same whether a backslash escapes in plain strings or not (PostgreSQL manual, 4.1.2.2). */
    public static String quoted(String text) {
        String quotes = text.replace("'", "''");
        return text.indexOf('\\') < 0 ? "'" + quotes + "'" : "E'" + quotes.replace("\\", "\\\\") + "'";
    }
}
