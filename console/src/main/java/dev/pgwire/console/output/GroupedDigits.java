package dev.pgwire.console.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code \pset numericlocale}: the digits before the point in groups of three, as the locale of C has it in psql. */
final class GroupedDigits {
    private static final int GROUP = 3;

    private GroupedDigits() {}

    static Table in(Table table) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (List<@Nullable String> row : table.rows()) {
            List<@Nullable String> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                String value = row.get(i);
                boolean number = table.headings().get(i).isRight() && value != null;
                cells.add(number ? of(value) : value);
            }
            rows.add(cells);
        }
        return table.withRows(rows);
    }

    private static String of(String value) {
        if (!value.matches("[-+0-9.eE]*")) {
            return value;
        }
        int begin = value.startsWith("-") || value.startsWith("+") ? 1 : 0;
        int end = begin;
        while (end < value.length() && Character.isDigit(value.charAt(end))) {
            end++;
        }
        StringBuilder text = new StringBuilder(value);
        for (int i = end - GROUP; i > begin; i -= GROUP) {
            text.insert(i, ',');
        }
        return text.toString();
    }
}
