package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code --csv}: headings and rows, quoted where it must be; titles and footers are never printed. */
final class CsvTable {
    private CsvTable() {}

    static void print(Table table, Layout layout, PrintStream out) {
        if (!layout.tuplesOnly()) {
            line(table.headings().stream().map(Table.Heading::name).iterator(), out);
        }
        if (!table.headings().isEmpty()) {
            for (List<@Nullable String> row : table.rows()) {
                line(row.iterator(), out);
            }
        }
    }

    /** Expanded: a heading and its value a line. */
    static void printExpanded(Table table, PrintStream out) {
        for (List<@Nullable String> row : table.rows()) {
            for (int i = 0; i < row.size(); i++) {
                out.append(field(table.headings().get(i).name())).append(',');
                out.append(field(row.get(i))).append('\n');
            }
        }
    }

    private static void line(Iterator<? extends @Nullable String> values, PrintStream out) {
        String separator = "";
        while (values.hasNext()) {
            out.append(separator).append(field(values.next()));
            separator = ",";
        }
        out.append('\n');
    }

    private static String field(@Nullable String value) {
        if (value == null) {
            return "";
        }
        // A lone \. would end the data of a COPY.
        boolean quoted =
                value.equals("\\.") || value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
