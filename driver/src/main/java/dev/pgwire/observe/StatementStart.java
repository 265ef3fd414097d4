package dev.pgwire.observe;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A statement that a program runs.
 *
 * @param kind how it is run
 * @param sql its text as the program gave it; for INSERT the beginning of what is made, for CALL the name. Values are no part of it,
 *     but literals are
 * @param place where it runs
 */
public record StatementStart(StatementKind kind, String sql, StatementPlace place) {
    private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

    /**
     * What is known of it by the names of OpenTelemetry's semantic conventions for database clients: {@code db.system.name}, {@code
     * db.namespace}, {@code db.query.text}, {@code db.operation.name}, {@code server.address}, {@code server.port}.
     *
     * @return a new map of Strings and Longs
     */
    public Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("db.system.name", "postgresql");
        attributes.put("db.namespace", place.database());
        attributes.put("db.query.text", sql);
        String operation = operation();
        if (!operation.isEmpty()) {
            attributes.put("db.operation.name", operation);
        }
        attributes.put("server.address", place.host());
        attributes.put("server.port", (long) place.port());
        return attributes;
    }

    /** Whether its rows are those that it changes, as far as its first word tells. */
    boolean changesRows() {
        return kind == StatementKind.COPY_IN || CHANGES.contains(operation());
    }

    /** The word that the text begins with; empty if it begins with something else, such as a comment. */
    private String operation() {
        if (kind == StatementKind.CALL) {
            return "CALL";
        }
        String text = sql.stripLeading();
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end).toUpperCase(Locale.ROOT);
    }
}
