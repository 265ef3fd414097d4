package dev.pgwire.console.shell;

import dev.pgwire.console.input.Variables;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for names: {@code *} and {@code ?} stand for any characters and any one, a dot separates schema and name,
 * quotes keep upper case.
 */
record NamePattern(@Nullable String schemaRegex, String nameRegex) {

    static NamePattern of(String pattern) {
        @Nullable String schema = null;
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '.') {
                schema = part.toString();
                part.setLength(0);
            } else if (!quoted && c == '*') {
                part.append(".*");
            } else if (!quoted && c == '?') {
                part.append('.');
            } else if (c == '$' || quoted && "|*+?()[]{}.^\\".indexOf(c) >= 0) {
                part.append('\\').append(c);
            } else {
                part.append(quoted ? String.valueOf(c) : String.valueOf(c).toLowerCase(Locale.ROOT));
            }
        }
        return new NamePattern(schema, part.toString());
    }

    /** For the WHERE of a query on {@code pg_class c} and {@code pg_namespace n}. */
    String condition() {
        String name = matches("c.relname", nameRegex);
        return schemaRegex == null
                ? name + " AND pg_catalog.pg_table_is_visible(c.oid)"
                : name + " AND " + matches("n.nspname", schemaRegex);
    }

    private static String matches(String column, String regex) {
        return regex.equals(".*")
                ? "true"
                : column + " OPERATOR(pg_catalog.~) " + Variables.literal("^(" + regex + ")$")
                        + " COLLATE pg_catalog.default";
    }
}
