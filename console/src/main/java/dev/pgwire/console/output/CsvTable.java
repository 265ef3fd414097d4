package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code --csv}: headings and rows, quoted where it must be; titles and footers are never printed. */
final class CsvTable {
    private CsvTable() {}

    static void print(Table table, Layout layout, PrintStream out) {
        String separator = layout.csvSeparator();
        if (layout.expanded() == Layout.Expanded.ON) {
            printExpanded(table, separator, out);
            return;
        }
        if (table.part().begins() && !layout.tuplesOnly()) {
            line(table.headings().stream().map(Table.Heading::name).iterator(), separator, out);
        }
        if (!table.headings().isEmpty()) {
            for (List<@Nullable String> row : table.rows()) {
                line(row.iterator(), separator, out);
            }
        }
    }

    /** Expanded: a heading and its value a line. */
    private static void printExpanded(Table table, String separator, PrintStream out) {
        for (List<@Nullable String> row : table.rows()) {
            for (int i = 0; i < row.size(); i++) {
                out.append(field(table.headings().get(i).name(), separator)).append(separator);
                out.append(field(row.get(i), separator)).append('\n');
            }
        }
    }

    private static void line(Iterator<? extends @Nullable String> values, String separator, PrintStream out) {
        String between = "";
        while (values.hasNext()) {
            out.append(between).append(field(values.next(), separator));
            between = separator;
        }
        out.append('\n');
    }

    private static String field(@Nullable String given, String separator) {
        String value = given == null ? "" : given;
        // A lone \. would end the data of a COPY.
        boolean quoted = value.equals("\\.")
                || separator.equals("\\")
                || separator.equals(".")
                || value.contains(separator)
                || value.chars().anyMatch(c -> c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
