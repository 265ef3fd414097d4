package dev.pgwire.console.catalog;

import dev.pgwire.console.input.Variables;
import dev.pgwire.console.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for names: {@code *} and {@code ?} stand for any characters and any one, dots separate database, schema and name,
 * quotes keep upper case.
 */
public final class NamePattern {
    private static final String SPECIAL = "|*+?()[]{}.^$\\";

    private final List<StringBuilder> parts = new ArrayList<>(List.of(new StringBuilder()));
    private final StringBuilder first = new StringBuilder();
    private int dots;

    private NamePattern(String pattern, int mostParts, boolean escapes) {
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            char next = i + 1 < pattern.length() ? pattern.charAt(i + 1) : 0;
            StringBuilder part = parts.get(parts.size() - 1);
            if (c == '"' && quoted && next == '"') {
                add(part, "\"", c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '*') {
                add(part, ".*", c);
            } else if (!quoted && c == '?') {
                add(part, ".", c);
            } else if (!quoted && c == '.') {
                dot(part, mostParts);
            } else if (c == '$' || (quoted || escapes) && SPECIAL.indexOf(c) >= 0 || c == '[' && next == ']') {
                add(part, "\\" + c, c);
            } else {
                String text = quoted ? String.valueOf(c) : String.valueOf(c).toLowerCase(Locale.ROOT);
                add(part, text, text.charAt(0));
            }
        }
    }

    private void add(StringBuilder part, String regex, char literal) {
        part.append(regex);
        if (dots == 0) {
            first.append(literal);
        }
    }

    private void dot(StringBuilder part, int mostParts) {
        dots++;
        if (parts.size() < mostParts) {
            parts.add(new StringBuilder());
        } else {
            part.append('.');
        }
    }

    /**
     * The condition of a query for what a pattern means.
     *
     * @param pattern null for all that is visible
     * @throws Invalid if it has more parts than there are, or names another database
     */
    static String condition(Shell shell, @Nullable String pattern, Match match) throws Invalid {
        return condition(shell.connection().config().database(), pattern, match);
    }

    static String condition(String current, @Nullable String pattern, Match match) throws Invalid {
        if (pattern == null) {
            return match.visible() == null ? "true" : match.visible();
        }
        int most = match.schema() == null ? 1 : 3;
        NamePattern parsed = new NamePattern(pattern, most, match.escapes());
        if (parsed.dots >= match.parts()) {
            throw new Invalid("improper qualified name (too many dotted names): " + pattern);
        }
        String database = parsed.parts.size() == most && most > 1 ? parsed.first.toString() : "";
        boolean namesDatabase = match.parts() > 1 && parsed.dots == match.parts() - 1;
        if (namesDatabase && !database.equals(current)) {
            throw new Invalid("cross-database references are not implemented: " + pattern);
        }
        return parsed.condition(match);
    }

    private String condition(Match match) {
        List<String> conditions = new ArrayList<>();
        String name = parts.get(parts.size() - 1).toString();
        String schema = parts.size() > 1 ? parts.get(parts.size() - 2).toString() : "";
        if (!name.isEmpty() && !name.equals(".*")) {
            String matches = matches(match.name(), name);
            conditions.add(
                    match.other() == null ? matches : "(" + matches + " OR " + matches(match.other(), name) + ")");
        }
        if (match.schema() != null && !schema.isEmpty()) {
            conditions.add(schema.equals(".*") ? "true" : matches(match.schema(), schema));
        } else if (match.visible() != null) {
            conditions.add(match.visible());
        }
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }

    private static String matches(String column, String regex) {
        return column + " OPERATOR(pg_catalog.~) " + Variables.literal("^(" + regex + ")$")
                + " COLLATE pg_catalog.default";
    }

    /**
     * What of a query the parts of a pattern are compared with.
     *
     * @param schema null for what is in no schema
     * @param other another name of the same, or null
     * @param visible the condition for what needs no schema to be named; null for none
     * @param parts how many parts a pattern may have
     * @param escapes whether characters are never those of a regular expression, as for operators
     */
    public record Match(
            @Nullable String schema,
            String name,
            @Nullable String other,
            @Nullable String visible,
            int parts,
            boolean escapes) {

        public static Match inSchema(String schema, String name, String visible) {
            return new Match(schema, name, null, visible, 3, false);
        }

        static Match global(String name) {
            return new Match(null, name, null, null, 1, false);
        }

        Match or(String otherName) {
            return new Match(schema, name, otherName, visible, parts, escapes);
        }

        Match parts(int most) {
            return new Match(schema, name, other, visible, most, escapes);
        }

        Match escaped() {
            return new Match(schema, name, other, visible, parts, true);
        }
    }

    /** A pattern that can match nothing. */
    public static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        Invalid(String message) {
            super(message);
        }
    }
}
