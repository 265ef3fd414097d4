package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code -A}: values with a separator between them, for other programs to read. */
final class UnalignedTable {
    private UnalignedTable() {}

    static void print(Table table, Layout layout, PrintStream out) {
        if (!layout.tuplesOnly()) {
            if (table.title() != null) {
                out.append(table.title()).append('\n');
            }
            line(table.headings().stream().map(Table.Heading::name).iterator(), layout, out);
        }
        if (!table.headings().isEmpty()) {
            for (List<@Nullable String> row : table.rows()) {
                line(row.iterator(), layout, out);
            }
        }
        if (!layout.tuplesOnly()) {
            table.footersOrCount().forEach(footer -> out.append(footer).append('\n'));
        }
    }

    /** Expanded: a heading and its value a line, an empty line between rows. */
    static void printExpanded(Table table, Layout layout, PrintStream out) {
        String between = "";
        if (!layout.tuplesOnly() && table.title() != null) {
            out.append(table.title()).append('\n');
            between = "\n";
        }
        for (List<@Nullable String> row : table.rows()) {
            out.append(table.headings().isEmpty() ? "" : between);
            between = "\n";
            for (int i = 0; i < row.size(); i++) {
                out.append(table.headings().get(i).name()).append(layout.separator());
                out.append(row.get(i) == null ? "" : row.get(i)).append('\n');
            }
        }
        if (!layout.tuplesOnly() && table.footers() != null) {
            for (String footer : table.footers()) {
                out.append(between).append(footer).append('\n');
                between = "";
            }
        }
    }

    private static void line(Iterator<? extends @Nullable String> values, Layout layout, PrintStream out) {
        String separator = "";
        while (values.hasNext()) {
            String value = values.next();
            out.append(separator).append(value == null ? "" : value);
            separator = layout.separator();
        }
        out.append('\n');
    }
}
