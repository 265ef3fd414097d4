package dev.pgwire.internal.sql;

import dev.pgwire.error.InterfaceException;
import java.nio.charset.StandardCharsets;

/**
 * The statements about a cursor of the server (PostgreSQL manual, DECLARE, FETCH, MOVE).
 *
 * @param name as the server has it
 * @param quoted the same between double quotes
 */
public record CursorSql(String name, String quoted) {
    /** In a FETCH, all rows that are left. */
    public static final int ALL = Integer.MAX_VALUE;

    /** Names are cut there, and then two of them may be the same (PostgreSQL manual, 4.1.1). */
    private static final int MOST_BYTES = 63;

    /**
     * The statements about a cursor.
     *
     * @throws InterfaceException if no cursor has such a name
     */
    public static CursorSql of(String name) {
        String quoted = SqlName.quoted(name);
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new InterfaceException("the name of the cursor has " + bytes + " bytes, expected at most "
                    + MOST_BYTES + ", where the server cuts names: " + SqlExcerpt.of(name));
        }
        if (name.indexOf('\0') >= 0) {
            throw new InterfaceException("the name of the cursor has a NUL in it, expected one as SQL has it");
        }
        return new CursorSql(name, quoted);
    }

    /**
     * Declares it.
     *
     * @param scroll what stands before CURSOR, with a space behind it if it is something
     * @param hold whether it outlives the transaction
     */
    public String declare(String scroll, boolean hold, String query) {
        return "DECLARE " + quoted + " " + scroll + "CURSOR " + (hold ? "WITH HOLD " : "") + "FOR " + query;
    }

    /** Gives the next rows, at most that number. */
    public String fetch(int rows) {
        return "FETCH FORWARD " + (rows == ALL ? "ALL" : rows) + " FROM " + quoted;
    }

    /** Goes that many rows on, or back. */
    public String moveBy(int rows) {
        return "MOVE RELATIVE " + rows + " FROM " + quoted;
    }

    /** Goes to a row by its number from 1; 0 is before the first. */
    public String moveTo(int row) {
        return "MOVE ABSOLUTE " + row + " FROM " + quoted;
    }
}
