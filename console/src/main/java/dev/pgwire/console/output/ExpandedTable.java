package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code \x}: every row is a little table of its own, a column a line. */
final class ExpandedTable {
    private final Table table;
    private final PrintStream out;
    private final List<List<CellLine>> headings = new ArrayList<>();
    private int headingWidth;
    private int valueWidth;
    private boolean multiline;

    private ExpandedTable(Table table, PrintStream out) {
        this.table = table;
        this.out = out;
        for (Table.Heading heading : table.headings()) {
            List<CellLine> lines = CellLine.of(heading.name());
            headings.add(lines);
            headingWidth = Math.max(headingWidth, CellLine.width(lines));
        }
        for (List<@Nullable String> row : table.rows()) {
            for (String value : row) {
                List<CellLine> lines = CellLine.of(value);
                valueWidth = Math.max(valueWidth, CellLine.width(lines));
                multiline |= lines.size() > 1;
            }
        }
    }

    static void print(Table table, Layout layout, PrintStream out) {
        new ExpandedTable(table, out).print(layout);
    }

    private void print(Layout layout) {
        if (table.rows().isEmpty() || table.headings().isEmpty()) {
            if (!layout.tuplesOnly()) {
                table.footersOrCount().forEach(footer -> out.append(footer).append('\n'));
            }
            out.append('\n');
            return;
        }
        if (!layout.tuplesOnly() && table.title() != null) {
            out.append(table.title()).append('\n');
        }
        int record = 0;
        for (List<@Nullable String> row : table.rows()) {
            record++;
            if (!layout.tuplesOnly()) {
                printRule("[ RECORD " + record + " ]");
            } else if (record > 1) {
                printRule("");
            }
            for (int i = 0; i < headings.size(); i++) {
                printColumn(headings.get(i), CellLine.of(row.get(i)));
            }
        }
        if (!layout.tuplesOnly() && table.footers() != null && !table.footers().isEmpty()) {
            out.append('\n');
            table.footers().forEach(footer -> out.append(footer).append('\n'));
        }
        out.append('\n');
    }

    /** The line above a record; a label longer than the headings covers the crossing and eats into the right part. */
    private void printRule(String label) {
        StringBuilder rule = new StringBuilder("-").append(label);
        while (rule.length() < headingWidth + 1) {
            rule.append('-');
        }
        if (rule.length() == headingWidth + 1) {
            rule.append('+');
        }
        while (rule.length() < headingWidth + 3 + valueWidth) {
            rule.append('-');
        }
        out.append(rule).append('\n');
    }

    private void printColumn(List<CellLine> heading, List<CellLine> value) {
        int height = Math.max(heading.size(), value.size());
        for (int line = 0; line < height; line++) {
            CellLine left = line < heading.size() ? heading.get(line) : new CellLine("", 0);
            spaces(out.append(left.text()), headingWidth - left.width());
            out.append(line + 1 < heading.size() ? '+' : ' ').append('|');
            if (line < value.size()) {
                CellLine right = value.get(line);
                out.append(' ').append(right.text());
                if (line + 1 < value.size()) {
                    spaces(out, valueWidth - right.width()).append('+');
                }
            }
            out.append('\n');
        }
    }

    private static PrintStream spaces(PrintStream out, int count) {
        return out.append(" ".repeat(Math.max(0, count)));
    }
}
