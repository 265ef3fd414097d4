package dev.pgwire.laboratory.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement that a server knows: found whatever its case, spaces and semicolon are, and also where a client has put literals in the
 * place of the parameters.
 */
final class Template {
    private static final Pattern PIECES = Pattern.compile("\\$(\\d+)(?:::([a-zA-Z0-9_]+))?|\\s+|.", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d{1,4})");
    private static final String LITERAL =
            "\\s*([Ee]?'(?:[^']|'')*+'|[-+]?[0-9][0-9.eE+-]*|NULL|TRUE|FALSE)(?:::[a-z0-9_ ]+)?";

    private final Pattern withParameters;
    private final Pattern withLiterals;
    private final int[] order;
    private final List<ServerType> types = new ArrayList<>();

    Template(String sql) {
        StringBuilder parameters = new StringBuilder();
        StringBuilder literals = new StringBuilder();
        List<Integer> numbers = new ArrayList<>();
        Map<Integer, ServerType> declared = new TreeMap<>();
        Matcher pieces = PIECES.matcher(trimmed(sql));
        while (pieces.find()) {
            String number = pieces.group(1);
            String piece = Pattern.quote(pieces.group());
            if (number != null) {
                numbers.add(Integer.parseInt(number));
                ServerType type = pieces.group(2) == null ? ServerType.TEXT : ServerType.named(pieces.group(2));
                declared.merge(Integer.parseInt(number), type, (a, b) -> a == ServerType.TEXT ? b : a);
                literals.append(LITERAL);
            } else {
                piece = pieces.group().isBlank() ? "\\s+" : piece;
                literals.append(piece);
            }
            parameters.append(piece);
        }
        withParameters = Pattern.compile(parameters.toString(), Pattern.CASE_INSENSITIVE);
        withLiterals = Pattern.compile(literals.toString(), Pattern.CASE_INSENSITIVE);
        order = numbers.stream().mapToInt(Integer::intValue).toArray();
        int count = numbers.stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int i = 1; i <= count; i++) {
            types.add(declared.getOrDefault(i, ServerType.TEXT));
        }
    }

    /** Those of any statement: texts, as far as its numbers go. */
    static List<ServerType> typesIn(String sql) {
        List<ServerType> types = new ArrayList<>();
        Matcher parameters = PARAMETER.matcher(sql);
        while (parameters.find()) {
            while (types.size() < Integer.parseInt(parameters.group(1))) {
                types.add(ServerType.TEXT);
            }
        }
        return types;
    }

    static String trimmed(String sql) {
        return sql.strip().replaceFirst("\\s*;$", "");
    }

    /** Those of its parameters: as they are cast where they stand, and text where they are not. */
    List<ServerType> types() {
        return types;
    }

    boolean is(String sql) {
        return withParameters.matcher(trimmed(sql)).matches();
    }

    /** The values of its literals; null if the statement is another. */
    @Nullable
    List<@Nullable Object> literals(String sql) {
        Matcher matcher = withLiterals.matcher(trimmed(sql));
        if (!matcher.matches()) {
            return null;
        }
        @Nullable Object[] values = new @Nullable Object[types.size()];
        for (int i = 0; i < order.length; i++) {
            values[order[i] - 1] = value(matcher.group(i + 1), types.get(order[i] - 1));
        }
        List<@Nullable Object> list = new ArrayList<>();
        for (Object value : values) {
            list.add(value);
        }
        return list;
    }

    private static @Nullable Object value(String literal, ServerType type) {
        try {
            return parsed(literal, type);
        } catch (RuntimeException e) {
            throw Refusal.error("22P02", "invalid input syntax for type " + type.sqlName() + ": " + literal);
        }
    }

    private static @Nullable Object parsed(String literal, ServerType type) {
        if (literal.equalsIgnoreCase("NULL")) {
            return null;
        }
        int quote = literal.indexOf('\'');
        if (quote < 0) {
            return type.parse(literal);
        }
        String text = literal.substring(quote + 1, literal.length() - 1).replace("''", "'");
        return type.parse(quote == 0 ? text : text.replace("\\\\", "\\"));
    }
}
