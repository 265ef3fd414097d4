package dev.pgwire.row;

import dev.pgwire.error.PgException;

/**
 * A statement that does not fit its record, or is none at all, as {@code verify} of a connection finds it.
 *
 * @param sql the statement, as it was given
 * @param record the record that its rows were to become
 * @param reason what is wrong, and what was expected; of the server, where that refused the statement
 */
public record Mismatch(String sql, Class<? extends Record> record, PgException reason) {
    private static final int LONGEST = 100;

    /** The record, the beginning of the statement, and the reason. */
    @Override
    public String toString() {
        String line = sql.strip().replaceAll("\\s+", " ");
        String shown = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
        return record.getSimpleName() + " <- " + shown + ": " + reason.getMessage();
    }
}
