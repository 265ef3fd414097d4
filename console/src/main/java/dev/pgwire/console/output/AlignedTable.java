package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** psql's usual look: columns of equal width, a line below the headings. */
final class AlignedTable {
    private final Table table;
    private final PrintStream out;
    private final int columns;
    private final List<List<CellLine>> headings = new ArrayList<>();
    private final int[] widths;

    private AlignedTable(Table table, PrintStream out) {
        this.table = table;
        this.out = out;
        this.columns = table.headings().size();
        this.widths = new int[columns];
        for (int i = 0; i < columns; i++) {
            headings.add(CellLine.of(table.headings().get(i).name()));
            widths[i] = CellLine.width(headings.get(i));
        }
        for (List<@Nullable String> row : table.rows()) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], CellLine.width(CellLine.of(row.get(i))));
            }
        }
    }

    static void print(Table table, Layout layout, PrintStream out) {
        new AlignedTable(table, out).print(layout);
    }

    /** The columns of a terminal that the whole table takes. */
    static int width(Table table, PrintStream unused) {
        return new AlignedTable(table, unused).totalWidth();
    }

    private int totalWidth() {
        int total = columns == 0 ? 0 : 3 * columns - 1;
        for (int width : widths) {
            total += width;
        }
        return total;
    }

    private void print(Layout layout) {
        if (!layout.tuplesOnly()) {
            printTitle();
            printHeadings();
        }
        if (columns > 0) {
            for (List<@Nullable String> row : table.rows()) {
                printRow(row);
            }
        }
        if (!layout.tuplesOnly()) {
            table.footersOrCount().forEach(footer -> out.append(footer).append('\n'));
        }
        out.append('\n');
    }

    private void printTitle() {
        if (table.title() != null) {
            int left = (totalWidth() - CellLine.width(CellLine.of(table.title()))) / 2;
            spaces(left).append(table.title()).append('\n');
        }
    }

    private void printHeadings() {
        int height = headings.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < height; line++) {
            for (int i = 0; i < columns; i++) {
                List<CellLine> heading = headings.get(i);
                CellLine text = line < heading.size() ? heading.get(line) : new CellLine("", 0);
                int free = widths[i] - text.width();
                spaces(1 + free / 2).append(text.text());
                spaces((free + 1) / 2)
                        .append(line + 1 < heading.size() ? '+' : ' ')
                        .append(i + 1 < columns ? "|" : "");
            }
            out.append('\n');
        }
        out.append('-');
        for (int i = 0; i < columns; i++) {
            out.append("-".repeat(widths[i])).append(i + 1 < columns ? "-+-" : "");
        }
        out.append("-\n");
    }

    private void printRow(List<@Nullable String> row) {
        List<List<CellLine>> cells = new ArrayList<>(columns);
        int height = 1;
        for (int i = 0; i < columns; i++) {
            cells.add(CellLine.of(row.get(i)));
            height = Math.max(height, cells.get(i).size());
        }
        for (int line = 0; line < height; line++) {
            for (int i = 0; i < columns; i++) {
                printCell(i, cells.get(i), line);
            }
            out.append('\n');
        }
    }

    private void printCell(int column, List<CellLine> cell, int line) {
        CellLine text = line < cell.size() ? cell.get(line) : new CellLine("", 0);
        boolean last = column + 1 == columns;
        boolean goesOn = line + 1 < cell.size();
        int free = widths[column] - text.width();
        boolean right = table.headings().get(column).align() == Table.Align.RIGHT;
        boolean past = line >= cell.size();
        out.append(' ');
        if (right) {
            // Below its last line a column is blank; the last column of all then needs no blanks at its end.
            spaces(past && last ? 0 : free).append(text.text());
        } else {
            out.append(text.text());
            spaces(last && !goesOn ? 0 : free);
        }
        if (goesOn) {
            out.append('+');
        } else if (!last) {
            out.append(' ');
        }
        out.append(last ? "" : "|");
    }

    private PrintStream spaces(int count) {
        out.append(" ".repeat(Math.max(0, count)));
        return out;
    }
}
