package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code \x}: every row is a little table of its own, a column a line. */
final class ExpandedTable {
    private static final int FRAME = 2;
    private static final int NARROWEST = 3;

    private final Table table;
    private final Layout layout;
    private final PrintStream out;
    private final LineStyle lines;
    private final int border;
    private final List<List<CellLine>> headings = new ArrayList<>();
    private int headingWidth;
    private boolean headingsGoOn;
    private int valueWidth;
    private boolean valuesGoOn;

    private ExpandedTable(Table table, Layout layout, PrintStream out) {
        this.table = table;
        this.layout = layout;
        this.out = out;
        this.lines = layout.lines();
        this.border = Math.min(FRAME, layout.border());
        for (Table.Heading heading : table.headings()) {
            List<CellLine> text = CellLine.of(heading.name());
            headings.add(text);
            headingWidth = Math.max(headingWidth, CellLine.width(text));
            headingsGoOn |= text.size() > 1;
        }
        for (List<@Nullable String> row : table.rows()) {
            for (String value : row) {
                List<CellLine> text = CellLine.of(value);
                valueWidth = Math.max(valueWidth, CellLine.width(text));
                valuesGoOn |= text.size() > 1;
            }
        }
        if (layout.format() == Layout.Format.WRAPPED) {
            fit();
        }
    }

    static void print(Table table, Layout layout, PrintStream out) {
        boolean isEmpty = table.rows().isEmpty() || table.headings().isEmpty();
        if (isEmpty && table.part().begins() && table.part().ends()) {
            table.footersOrCount(layout).forEach(footer -> out.append(footer).append('\n'));
            out.append('\n');
            return;
        }
        new ExpandedTable(table, layout, out).print();
    }

    /** Makes the values narrower, so that their lines and those above the records fit where they are shown. */
    private void fit() {
        int widest = layout.outputWidth();
        int between = between() + (valuesGoOn && border < FRAME && !lines.isOld() ? 1 : 0);
        int label = labelWidth();
        int full = valueWidth;
        int fitted = fitted(widest, between, label, full);
        if (fitted < full && !valuesGoOn && border < FRAME && !lines.isOld()) {
            // What is cut needs a mark, which takes a column.
            valuesGoOn = true;
            fitted = fitted(widest, between + 1, label, full);
        }
        valueWidth = fitted;
    }

    private int fitted(int widest, int between, int label, int full) {
        int width = Math.max(headingWidth + between + full, label);
        int narrowest = Math.max(headingWidth + between + NARROWEST, label);
        int total = widest <= 0 || widest >= width ? width : Math.max(widest, narrowest);
        return total - headingWidth - between;
    }

    private int between() {
        return switch (border) {
            case 0 -> headingsGoOn ? 2 : 1;
            case 1 -> headingsGoOn && lines.isOld() ? 4 : 3;
            default -> 7;
        };
    }

    private int labelWidth() {
        if (layout.tuplesOnly()) {
            return 0;
        }
        int digits = String.valueOf(table.rows().size()).length();
        return digits + (border == 0 ? 9 : border == 1 ? 12 : 15);
    }

    private void print() {
        String title = table.titleFor(layout);
        if (table.part().begins() && title != null) {
            out.append(title).append('\n');
        }
        long record = table.part().before();
        boolean first = true;
        for (List<@Nullable String> row : table.rows()) {
            record++;
            LineStyle.Rule rule = first ? lines.top() : lines.middle();
            if (!layout.tuplesOnly()) {
                printRule(rule, border == 0 ? "* Record " + record : "[ RECORD " + record + " ]", true);
            } else if (!first || !table.part().begins() || border == FRAME) {
                printRule(rule, "", true);
            }
            first = false;
            for (int i = 0; i < headings.size(); i++) {
                printColumn(headings.get(i), CellLine.of(row.get(i)));
            }
        }
        if (table.part().ends()) {
            printEnd();
        }
    }

    private void printEnd() {
        if (border == FRAME) {
            printRule(lines.bottom(), "", false);
        }
        List<String> footers = table.ownFooters(layout);
        if (!footers.isEmpty()) {
            out.append(border < FRAME ? "\n" : "");
            footers.forEach(footer -> out.append(footer).append('\n'));
        }
        out.append('\n');
    }

    /** A line between records; a label longer than the headings covers the crossing and eats into the right part. */
    private void printRule(LineStyle.Rule rule, String label, boolean aboveRecord) {
        String filling = border > 0 ? rule.horizontal() : " ";
        out.append(border == FRAME ? rule.left() : "").append(border > 0 ? rule.horizontal() : "");
        out.append(label);
        int width = headingWidth + (aboveRecord && border < FRAME && headingsGoOn && lines.isOld() ? 1 : 0);
        int taken = label.length() + (border == FRAME ? 0 : 1);
        out.append(filling.repeat(Math.max(0, width - taken)));
        int over = taken - width;
        if (border > 0) {
            out.append(over <= 0 ? filling : "");
            out.append(over <= 1 ? rule.divider() : "");
            out.append(over <= 2 ? filling : "");
            over -= 3;
        } else {
            out.append(over <= 0 ? " " : "");
            over--;
        }
        out.append(filling.repeat(Math.max(0, valueWidth - Math.max(0, over))));
        out.append(border == FRAME ? rule.horizontal() + rule.right() : "").append('\n');
    }

    private void printColumn(List<CellLine> heading, List<CellLine> whole) {
        List<CellLine> value = layout.format() == Layout.Format.WRAPPED ? CellLine.wrapped(whole, valueWidth) : whole;
        int height = Math.max(heading.size(), value.size());
        for (int line = 0; line < height; line++) {
            out.append(border == FRAME ? lines.data().left() : "");
            printHeading(heading, line);
            out.append(border > 0 ? divider(value, line) : "");
            if (line < value.size()) {
                printValue(value, line);
            } else if (border == FRAME) {
                spaces(valueWidth + 2).append(lines.data().right());
            }
            out.append('\n');
        }
    }

    private void printHeading(List<CellLine> heading, int line) {
        boolean marked = border > 0 || headingsGoOn && !lines.isOld();
        if (line >= heading.size()) {
            boolean room = headingsGoOn && (border < FRAME && lines.isOld() || border == 0 && !lines.isOld());
            spaces(Math.max(1, headingWidth + border + (room ? 1 : 0)));
            return;
        }
        if (border == FRAME || headingsGoOn && lines.isOld()) {
            out.append(line > 0 ? lines.heading().left() : " ");
        }
        out.append(heading.get(line).text());
        spaces(headingWidth - heading.get(line).width());
        if (marked) {
            out.append(line + 1 < heading.size() ? lines.heading().right() : " ");
        }
    }

    private String divider(List<CellLine> value, int line) {
        if (line < value.size()) {
            return switch (value.get(line).origin()) {
                case CELL -> lines.data().divider();
                case NEWLINE -> lines.divider().newline();
                case WRAP -> lines.divider().wrap();
            };
        }
        CellLine last = value.get(value.size() - 1);
        if (last.width() > 0) {
            return lines.divider().wrap();
        }
        return value.size() == 1 ? lines.data().divider() : lines.divider().newline();
    }

    private void printValue(List<CellLine> value, int line) {
        CellLine text = value.get(line);
        CellLine after = line + 1 < value.size() ? value.get(line + 1) : null;
        out.append(text.origin() == CellLine.Origin.WRAP ? lines.wrap().left() : " ");
        out.append(text.text());
        boolean marked = border == FRAME || valuesGoOn && !lines.isOld();
        if (after != null && marked) {
            spaces(valueWidth - text.width());
            out.append((after.origin() == CellLine.Origin.WRAP ? lines.wrap() : lines.newline()).right());
        } else if (after == null && border == FRAME) {
            spaces(valueWidth - text.width()).append(' ');
        }
        out.append(border == FRAME ? lines.data().right() : "");
    }

    private PrintStream spaces(int count) {
        return out.append(" ".repeat(Math.max(0, count)));
    }
}
