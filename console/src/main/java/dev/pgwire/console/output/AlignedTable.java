package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** psql's usual look: columns of equal width, a line below the headings. */
final class AlignedTable {
    private static final int FRAME = 2;

    private final Table table;
    private final Layout layout;
    private final PrintStream out;
    private final LineStyle lines;
    private final int border;
    private final int columns;
    private final List<List<CellLine>> headings = new ArrayList<>();
    private final int[] widths;

    AlignedTable(Table table, Layout layout, PrintStream out) {
        this.table = table;
        this.layout = layout;
        this.out = out;
        this.lines = layout.lines();
        this.border = Math.min(FRAME, layout.border());
        this.columns = table.headings().size();
        this.widths = new int[columns];
        int[] headingWidths = new int[columns];
        for (int i = 0; i < columns; i++) {
            headings.add(CellLine.of(table.headings().get(i).name()));
            headingWidths[i] = CellLine.width(headings.get(i));
            widths[i] = headingWidths[i];
        }
        long[] sums = new long[columns];
        for (List<@Nullable String> row : table.rows()) {
            for (int i = 0; i < columns; i++) {
                int width = CellLine.width(CellLine.of(row.get(i)));
                widths[i] = Math.max(widths[i], width);
                sums[i] += width;
            }
        }
        if (layout.format() == Layout.Format.WRAPPED && layout.outputWidth() > 0) {
            shrink(headingWidths, sums);
        }
    }

    /** Makes the columns narrower of which few values need their width, as far as their headings allow. */
    private void shrink(int[] headingWidths, long[] sums) {
        int widest = layout.outputWidth();
        int[] full = widths.clone();
        int headingsTotal = totalWidth(headingWidths);
        int total = totalWidth(widths);
        while (headingsTotal <= widest && total > widest) {
            int worst = -1;
            double worstRatio = 0;
            for (int i = 0; i < columns; i++) {
                long average =
                        table.rows().isEmpty() ? 0 : sums[i] / table.rows().size();
                if (average > 0 && widths[i] > headingWidths[i]) {
                    double ratio = (double) widths[i] / average + full[i] * 0.01;
                    if (ratio > worstRatio) {
                        worstRatio = ratio;
                        worst = i;
                    }
                }
            }
            if (worst < 0) {
                return;
            }
            widths[worst]--;
            total--;
        }
    }

    /** Whether lines would be longer than the terminal is wide, where a row per column helps. */
    boolean doesNotFit() {
        return columns > 1 && isTooWide();
    }

    boolean isTooWide() {
        return layout.outputWidth() > 0 && totalWidth(widths) > layout.outputWidth();
    }

    /** How many lines the rows have beyond one each. */
    long furtherLines() {
        long further = 0;
        for (List<@Nullable String> row : table.rows()) {
            int highest = 0;
            for (int i = 0; i < columns; i++) {
                List<CellLine> cell = CellLine.of(row.get(i));
                int width = CellLine.width(cell);
                if (width > 0 && widths[i] > 0) {
                    highest = Math.max(highest, (width - 1) / widths[i] + cell.size() - 1);
                }
            }
            further += highest;
        }
        return further;
    }

    private int totalWidth(int[] of) {
        int total =
                switch (border) {
                    case 0 -> columns;
                    case 1 -> columns == 0 ? 0 : 3 * columns - 1;
                    default -> 3 * columns + 1;
                };
        for (int width : of) {
            total += width;
        }
        return total;
    }

    void print() {
        if (table.part().begins()) {
            printTitle();
            if (!layout.tuplesOnly()) {
                printHeadings();
            }
        }
        if (columns > 0) {
            for (List<@Nullable String> row : table.rows()) {
                printRow(row);
            }
        }
        if (table.part().ends()) {
            if (border == FRAME) {
                printRule(lines.bottom());
            }
            table.footersOrCount(layout).forEach(footer -> out.append(footer).append('\n'));
            out.append('\n');
        }
    }

    private void printTitle() {
        String title = table.titleFor(layout);
        if (title != null) {
            int left = (totalWidth(widths) - CellLine.width(CellLine.of(title))) / 2;
            spaces(left).append(title).append('\n');
        }
    }

    private void printHeadings() {
        if (border == FRAME) {
            printRule(lines.top());
        }
        int height = headings.stream().mapToInt(List::size).max().orElse(0);
        for (int line = 0; line < height; line++) {
            printHeadings(line);
        }
        printRule(lines.middle());
    }

    private void printHeadings(int line) {
        out.append(border == FRAME ? lines.data().left() : "");
        for (int i = 0; i < columns; i++) {
            List<CellLine> heading = headings.get(i);
            if (border > 0 || lines.isOld() && i > 0) {
                out.append(line > 0 ? lines.heading().left() : " ");
            }
            int free = widths[i] - (line < heading.size() ? heading.get(line).width() : 0);
            spaces(free / 2).append(line < heading.size() ? heading.get(line).text() : "");
            spaces((free + 1) / 2);
            if (border > 0 || !lines.isOld()) {
                out.append(line + 1 < heading.size() ? lines.heading().right() : " ");
            }
            out.append(border > 0 && i + 1 < columns ? lines.data().divider() : "");
        }
        out.append(border == FRAME ? lines.data().right() : "").append('\n');
    }

    private void printRule(LineStyle.Rule rule) {
        out.append(border == FRAME ? rule.left() : "").append(border > 0 ? rule.horizontal() : "");
        for (int i = 0; i < columns; i++) {
            out.append(rule.horizontal().repeat(widths[i]));
            if (i + 1 < columns) {
                out.append(border == 0 ? " " : rule.horizontal() + rule.divider() + rule.horizontal());
            }
        }
        out.append(border > 0 ? rule.horizontal() : "").append(border == FRAME ? rule.right() : "");
        out.append('\n');
    }

    private void printRow(List<@Nullable String> row) {
        List<List<CellLine>> cells = new ArrayList<>(columns);
        int height = 1;
        for (int i = 0; i < columns; i++) {
            cells.add(CellLine.wrapped(CellLine.of(row.get(i)), widths[i]));
            height = Math.max(height, cells.get(i).size());
        }
        for (int line = 0; line < height; line++) {
            out.append(border == FRAME ? lines.data().left() : "");
            for (int i = 0; i < columns; i++) {
                printCell(i, cells.get(i), line);
                if (border > 0 && i + 1 < columns) {
                    out.append(divider(cells.get(i + 1), line));
                }
            }
            out.append(border == FRAME ? lines.data().right() : "").append('\n');
        }
    }

    private String divider(List<CellLine> next, int line) {
        if (line >= next.size()) {
            return lines.dividerOfBlank();
        }
        return switch (next.get(line).origin()) {
            case CELL -> lines.data().divider();
            case NEWLINE -> lines.divider().newline();
            case WRAP -> lines.divider().wrap();
        };
    }

    private void printCell(int column, List<CellLine> cell, int line) {
        boolean padded = border == FRAME || column + 1 < columns;
        CellLine text = line < cell.size() ? cell.get(line) : null;
        CellLine after = line + 1 < cell.size() ? cell.get(line + 1) : null;
        if (border > 0) {
            out.append(text == null ? " " : left(text.origin()));
        }
        int free = widths[column] - (text == null ? 0 : Math.min(text.width(), widths[column]));
        if (text == null) {
            spaces(padded ? free : 0);
        } else if (table.headings().get(column).isRight()) {
            spaces(free).append(text.text());
        } else {
            out.append(text.text());
            spaces(padded || after != null ? free : 0);
        }
        if (after != null) {
            out.append((after.origin() == CellLine.Origin.WRAP ? lines.wrap() : lines.newline()).right());
        } else {
            out.append(padded ? " " : "");
        }
    }

    private String left(CellLine.Origin origin) {
        return switch (origin) {
            case CELL -> " ";
            case NEWLINE -> lines.newline().left();
            case WRAP -> lines.wrap().left();
        };
    }

    private PrintStream spaces(int count) {
        out.append(" ".repeat(Math.max(0, count)));
        return out;
    }
}
