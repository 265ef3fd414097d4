package dev.pgwire.internal.sql;

import dev.pgwire.error.InterfaceException;
import java.util.ArrayList;
import java.util.List;

/** Names as they may stand in SQL: always quoted, so that nothing in them is anything but a name. */
public final class SqlName {
    private SqlName() {}

    /** The name between double quotes. */
    public static String quoted(String name) {
        if (name.isEmpty()) {
            throw new InterfaceException("a name is empty, expected one as the catalog has it");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * The name of a table, {@code name} or {@code schema.name}, each part as the catalog has it. A part that begins with a
     * double quote is read as SQL reads it, so that a dot may stand in it.
     *
     * @throws InterfaceException if it has no such form
     */
    public static String quotedTable(String table) {
        return quotedParts("table", table);
    }

    /** The name of a function or a procedure, read as {@link #quotedTable} reads that of a table. */
    public static String quotedRoutine(String name) {
        return quotedParts("function or procedure", name);
    }

    private static String quotedParts(String what, String name) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        do {
            int end = name.startsWith("\"", at) ? closingQuote(what, name, at) + 1 : dot(name, at);
            if (end < name.length() && name.charAt(end) != '.') {
                throw malformed(what, name);
            }
            String part = name.substring(at, end);
            parts.add(quoted(part.startsWith("\"") ? unquoted(part) : part));
            at = end + 1;
        } while (at <= name.length());
        if (parts.size() > 2) {
            throw malformed(what, name);
        }
        return String.join(".", parts);
    }

    /** What the catalog calls a table whose quoted name this is, without its schema. */
    public static String inCatalog(String quotedTable) {
        int end = closingQuote("name", quotedTable, 0) + 1;
        return unquoted(end == quotedTable.length() ? quotedTable : quotedTable.substring(end + 1));
    }

    private static int dot(String table, int from) {
        int dot = table.indexOf('.', from);
        return dot < 0 ? table.length() : dot;
    }

    private static int closingQuote(String what, String table, int opening) {
        int at = table.indexOf('"', opening + 1);
        while (at >= 0 && at + 1 < table.length() && table.charAt(at + 1) == '"') {
            at = table.indexOf('"', at + 2);
        }
        if (at < 0) {
            throw malformed(what, table);
        }
        return at;
    }

    private static String unquoted(String part) {
        return part.substring(1, part.length() - 1).replace("\"\"", "\"");
    }

    private static InterfaceException malformed(String what, String table) {
        return new InterfaceException("the " + what + " is given as " + table
                + ", expected name or schema.name; a name with a dot" + " in it stands in double quotes, as in SQL");
    }
}
