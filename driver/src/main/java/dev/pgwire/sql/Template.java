package dev.pgwire.sql;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NearestName;
import dev.pgwire.internal.sql.SqlExcerpt;
import dev.pgwire.internal.sql.SqlScanner;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A text with fields.
 *
 * @param fields in their order
 */
record Template(String text, List<Field> fields) {
    private static final Pattern NAME = Pattern.compile("[0-9]{0,5}|[a-zA-Z_][a-zA-Z0-9_]*");

    /**
     * What stands in braces, or a brace that is doubled.
     *
     * @param name what stands between the braces; the brace itself where it is doubled
     */
    record Field(String name, int start, int end) {
        boolean isBrace() {
            return name.equals("{") || name.equals("}");
        }

        boolean isNumber() {
            return !name.isEmpty() && Character.isDigit(name.charAt(0));
        }
    }

    /**
     * Finds the fields, which no string, quoted name or comment has.
     *
     * @throws InterfaceException if they are not what they should be, or depend on {@code standard_conforming_strings}
     */
    static Template of(String text) {
        List<Field> fields = fields(text, false);
        // Else a session of the old fashion would take for a string what stands outside of all strings here.
        if (text.indexOf('\\') >= 0 && !isTheSame(text, fields)) {
            throw new InterfaceException("it depends on standard_conforming_strings what is quoted in \""
                    + SqlExcerpt.of(text) + "\", expected E'...' for a string with a backslash");
        }
        return new Template(text, fields);
    }

    private static boolean isTheSame(String text, List<Field> fields) {
        try {
            return fields.equals(fields(text, true));
        } catch (InterfaceException malformed) {
            return false;
        }
    }

    private static List<Field> fields(String text, boolean backslashEscapes) {
        List<Field> fields = new ArrayList<>();
        SqlScanner scanner = new SqlScanner(text, backslashEscapes);
        int from = 0;
        for (SqlScanner.Token token = scanner.next(); token != SqlScanner.Token.END; token = scanner.next()) {
            int at = scanner.start();
            char c = text.charAt(at);
            if (token == SqlScanner.Token.OTHER && at >= from && (c == '{' || c == '}')) {
                Field field = field(text, at, c);
                fields.add(field);
                from = field.end();
            }
        }
        return List.copyOf(fields);
    }

    private static Field field(String text, int at, char brace) {
        if (at + 1 < text.length() && text.charAt(at + 1) == brace) {
            return new Field(String.valueOf(brace), at, at + 2);
        }
        int close = brace == '{' ? text.indexOf('}', at) : -1;
        String name = close < 0 ? "}" : text.substring(at + 1, close);
        if (!NAME.matcher(name).matches()) {
            throw new InterfaceException("a brace at index " + at + " of \"" + SqlExcerpt.of(text)
                    + "\" belongs to no field, expected {}, {0} or {name}, or the brace twice");
        }
        return new Field(name, at, close + 1);
    }

    Composed format(Composable... parts) {
        List<Composable> composed = new ArrayList<>();
        BitSet used = new BitSet();
        int next = 0;
        int numbers = 0;
        int from = 0;
        for (Field field : fields) {
            add(composed, from, field);
            from = field.end();
            if (field.isBrace()) {
                continue;
            }
            if (!field.isNumber() && !field.name().isEmpty()) {
                throw mixed("the field {" + field.name() + "} has a name, expected parts by name: a Map");
            }
            numbers += field.isNumber() ? 1 : 0;
            int index = field.isNumber() ? Integer.parseInt(field.name()) : next++;
            if (numbers > 0 && next > 0) {
                throw mixed("{} stands beside a field with a number, expected that all fields have numbers, or none");
            }
            used.set(index);
            if (index < parts.length) {
                composed.add(parts[index]);
            }
        }
        if (used.length() != parts.length || used.cardinality() != parts.length) {
            throw new InterfaceException("\"" + SqlExcerpt.of(text) + "\" has fields for " + used.length() + " parts, "
                    + parts.length + " given, expected " + used.length() + " and a field for each");
        }
        addText(composed, from, text.length());
        return new Composed(composed);
    }

    Composed format(Map<String, ? extends Composable> parts) {
        List<Composable> composed = new ArrayList<>();
        int from = 0;
        for (Field field : fields) {
            add(composed, from, field);
            from = field.end();
            if (field.isBrace()) {
                continue;
            }
            if (field.isNumber() || field.name().isEmpty()) {
                throw mixed(
                        "the field {" + field.name() + "} has no name, expected a name in each where a Map is given");
            }
            Composable part = parts.get(field.name());
            if (part == null) {
                throw missing(field.name(), parts.keySet().stream().toList());
            }
            composed.add(part);
        }
        addText(composed, from, text.length());
        return new Composed(composed);
    }

    /** What stands before a field, with the brace that it is. */
    private void add(List<Composable> composed, int from, Field field) {
        addText(composed, from, field.isBrace() ? field.start() + 1 : field.start());
    }

    private void addText(List<Composable> composed, int from, int to) {
        if (from < to) {
            composed.add(new Sql(text.substring(from, to)));
        }
    }

    private InterfaceException mixed(String what) {
        return new InterfaceException(what + " (in \"" + SqlExcerpt.of(text) + "\")");
    }

    private InterfaceException missing(String name, List<String> given) {
        return new InterfaceException("no part for the field {" + name + "}, expected one for each"
                + (given.isEmpty() ? "" : ", did you mean \"" + NearestName.of(name, given) + "\"?"));
    }
}
