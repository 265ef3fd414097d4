package dev.pgwire.console.output;

import dev.pgwire.console.input.CommandArguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code \crosstabview}: the values of one column become rows, those of another columns, and those of a third stand in them. */
public final class Crosstab {
    private static final int MOST_COLUMNS = 1600;
    private static final int LEAST = 3;

    private final Table result;
    private final Layout layout;
    private final List<@Nullable String> arguments;
    private @Nullable String error;
    private int rowField;
    private int columnField = 1;
    private int valueField;
    private int sortField = -1;
    private @Nullable Table table;

    /**
     * Makes it, unless there is an {@link #error}.
     *
     * @param result with null for NULL
     * @param arguments which columns are the rows, the columns, the values, and what the columns are sorted by: numbers from 1 or
     *     names, or null
     */
    public Crosstab(Table result, List<@Nullable String> arguments, Layout layout) {
        this.result = result;
        this.layout = layout;
        this.arguments = arguments;
        if (choose()) {
            table = turned();
        }
    }

    /** What is wrong; null for nothing. */
    public @Nullable String error() {
        return error == null ? null : "\\crosstabview: " + error;
    }

    public Table table() {
        return Objects.requireNonNull(table);
    }

    private boolean choose() {
        int columns = result.headings().size();
        if (columns < LEAST) {
            return fail("query must return at least three columns");
        }
        rowField = index(0, 0);
        columnField = error == null ? index(1, 1) : 0;
        if (error == null && rowField == columnField) {
            return fail("vertical and horizontal headers must be different columns");
        }
        if (error == null && arguments.get(2) == null && columns != LEAST) {
            return fail("data column must be specified when query returns more than three columns");
        }
        valueField = error == null ? index(2, LEAST - rowField - columnField) : 0;
        sortField = error == null ? index(3, -1) : -1;
        return error == null;
    }

    private boolean fail(String text) {
        error = text;
        return false;
    }

    private int index(int argument, int usual) {
        String given = arguments.get(argument);
        if (given == null) {
            return usual;
        }
        int columns = result.headings().size();
        if (given.matches("\\d+")) {
            int number = given.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(given);
            if (number < 1 || number > columns) {
                fail("column number " + number + " is out of range 1.." + columns);
            }
            return number - 1;
        }
        String name = CommandArguments.folded(given);
        int found = -1;
        for (int i = 0; i < columns; i++) {
            if (result.headings().get(i).name().equals(name)) {
                if (found >= 0) {
                    fail("ambiguous column name: \"" + name + "\"");
                    return -1;
                }
                found = i;
            }
        }
        if (found < 0) {
            fail("column name not found: \"" + name + "\"");
        }
        return found;
    }

    private @Nullable Table turned() {
        Map<@Nullable String, @Nullable String> columns = new LinkedHashMap<>();
        Map<@Nullable String, Integer> rows = new LinkedHashMap<>();
        for (List<@Nullable String> row : result.rows()) {
            columns.putIfAbsent(row.get(columnField), sortField < 0 ? null : row.get(sortField));
            if (columns.size() > MOST_COLUMNS) {
                fail("maximum number of columns (" + MOST_COLUMNS + ") exceeded");
                return null;
            }
            rows.putIfAbsent(row.get(rowField), rows.size());
        }
        List<@Nullable String> names = new ArrayList<>(columns.keySet());
        if (sortField >= 0) {
            // Those of equal rank are in the order of their names.
            names.sort(Comparator.nullsLast(Comparator.naturalOrder()));
            names.sort(Comparator.comparingInt(name -> rank(columns.get(name))));
        }
        return filled(names, rows);
    }

    private static int rank(@Nullable String value) {
        return value != null && value.matches("-?\\d{1,9}") ? Integer.parseInt(value) : 0;
    }

    private @Nullable Table filled(List<@Nullable String> names, Map<@Nullable String, Integer> rows) {
        Map<@Nullable String, Integer> places = new LinkedHashMap<>();
        names.forEach(name -> places.put(name, places.size() + 1));
        List<List<@Nullable String>> lines = new ArrayList<>();
        rows.keySet().forEach(name -> {
            List<@Nullable String> line = new ArrayList<>(Collections.nCopies(names.size() + 1, null));
            line.set(0, shown(name));
            lines.add(line);
        });
        for (List<@Nullable String> row : result.rows()) {
            int line = Objects.requireNonNull(rows.get(row.get(rowField)));
            int place = Objects.requireNonNull(places.get(row.get(columnField)));
            if (lines.get(line).get(place) != null) {
                fail("query result contains multiple data values for row \"" + named(row.get(rowField))
                        + "\", column \"" + named(row.get(columnField)) + "\"");
                return null;
            }
            lines.get(line).set(place, shown(row.get(valueField)));
        }
        List<Table.Heading> headings = new ArrayList<>(List.of(result.headings().get(rowField)));
        Table.Align align = result.headings().get(valueField).align();
        names.forEach(name -> headings.add(new Table.Heading(shown(name), align)));
        return Table.of(headings, lines).withTitle(result.title());
    }

    private String shown(@Nullable String value) {
        return value == null ? layout.nullText() : value;
    }

    private String named(@Nullable String value) {
        return value == null ? (layout.nullText().isEmpty() ? "(null)" : layout.nullText()) : value;
    }
}
