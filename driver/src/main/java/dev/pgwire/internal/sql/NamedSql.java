package dev.pgwire.internal.sql;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NearestName;
import dev.pgwire.internal.record.ComponentReader;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SQL with {@code :name} parameters, as the server takes it.
 *
 * @param sql the same with {@code $1}, {@code $2} ...; a name that stands twice is one parameter
 * @param names the names, in the order of the numbers
 */
public record NamedSql(String sql, List<String> names) {
    /**
     * A statement whose values are given by name.
     *
     * @throws InterfaceException if it counts its parameters
     */
    public static NamedSql of(String sql, boolean backslashEscapes) {
        NamedSql named = unlessNumbered(sql, backslashEscapes);
        if (named == null) {
            throw counts("$1");
        }
        return named;
    }

    /**
     * The same if the values are given by name: by a single Map or record, of a statement that does not count its parameters. Else null:
     * the values are those of the numbers.
     */
    public static @Nullable NamedSql ofValues(String sql, @Nullable Object[] values, boolean backslashEscapes) {
        return values.length == 1 && (values[0] instanceof Map || values[0] instanceof Record)
                ? unlessNumbered(sql, backslashEscapes)
                : null;
    }

    /**
     * A statement whose values are given by name, or null if it counts its parameters and has no names.
     *
     * @throws InterfaceException if it does both
     */
    public static @Nullable NamedSql unlessNumbered(String sql, boolean backslashEscapes) {
        SqlScanner scanner = new SqlScanner(sql, backslashEscapes);
        StringBuilder numbered = new StringBuilder(sql.length());
        List<String> names = new ArrayList<>();
        String number = null;
        int copied = 0;
        for (SqlScanner.Token token = scanner.next(); token != SqlScanner.Token.END; token = scanner.next()) {
            if (token == SqlScanner.Token.NUMBERED_PARAMETER && number == null) {
                number = sql.substring(scanner.start(), scanner.end());
            } else if (token == SqlScanner.Token.NAMED_PARAMETER) {
                String name = sql.substring(scanner.start() + 1, scanner.end());
                if (!names.contains(name)) {
                    names.add(name);
                }
                numbered.append(sql, copied, scanner.start()).append('$').append(names.indexOf(name) + 1);
                copied = scanner.end();
            }
        }
        if (number != null && !names.isEmpty()) {
            throw counts(number);
        }
        return number != null
                ? null
                : new NamedSql(numbered.append(sql, copied, sql.length()).toString(), List.copyOf(names));
    }

    private static InterfaceException counts(String number) {
        return new InterfaceException("the statement has the parameter " + number
                + " and is given values by name, expected parameters of the form :name only");
    }

    /** The values of a Map or a record, in the order of the numbers. */
    public @Nullable Object[] valuesOf(@Nullable Object source) {
        if (source instanceof Record record) {
            return values(components(record));
        }
        @SuppressWarnings("unchecked") // A key that is no String is no name, and finds no parameter.
        Map<String, ?> byName = (Map<String, ?>) Objects.requireNonNull(source);
        return values(byName);
    }

    /**
     * The values in the order of the numbers.
     *
     * @throws InterfaceException if one is missing
     */
    public @Nullable Object[] values(Map<String, ?> byName) {
        @Nullable Object[] values = new @Nullable Object[names.size()];
        for (int i = 0; i < values.length; i++) {
            String name = names.get(i);
            if (!byName.containsKey(name)) {
                throw missing(name, byName.keySet());
            }
            values[i] = byName.get(name);
        }
        return values;
    }

    /** The likeliest slip is among the keys that no parameter takes; what is no String was never meant as a name. */
    private InterfaceException missing(String name, Set<?> keys) {
        List<String> unused = keys.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(key -> !names.contains(key))
                .toList();
        return new InterfaceException("no value for parameter :" + name + ", expected one for each of " + names
                + (unused.isEmpty() ? "" : ", did you mean \"" + NearestName.of(name, unused) + "\"?"));
    }

    /** The components of a record by name. */
    public static Map<String, @Nullable Object> components(Record source) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (RecordComponent component : source.getClass().getRecordComponents()) {
            values.put(component.getName(), ComponentReader.of(component).read(source));
        }
        return values;
    }
}
