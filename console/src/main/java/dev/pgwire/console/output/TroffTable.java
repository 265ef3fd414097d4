package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code \pset format troff-ms}. */
final class TroffTable {
    private final Table table;
    private final Layout layout;
    private final PrintStream out;
    private final int border;

    private TroffTable(Table table, Layout layout, PrintStream out) {
        this.table = table;
        this.layout = layout;
        this.out = out;
        this.border = Math.min(2, layout.border());
    }

    static void print(Table table, Layout layout, PrintStream out) {
        TroffTable troff = new TroffTable(table, layout, out);
        if (layout.expanded() == Layout.Expanded.ON) {
            troff.printExpanded();
        } else {
            troff.print();
        }
    }

    private void print() {
        if (table.part().begins()) {
            begin();
            out.append(table.headings().stream()
                    .map(heading -> heading.isRight() ? "r" : "l")
                    .collect(Collectors.joining(border > 0 ? " | " : "")));
            out.append(".\n");
            if (!layout.tuplesOnly()) {
                out.append(table.headings().stream()
                        .map(heading -> "\\fI" + escaped(heading.name()) + "\\fP")
                        .collect(Collectors.joining("\t")));
                out.append("\n_\n");
            }
        }
        for (List<@Nullable String> row : table.rows()) {
            if (!row.isEmpty()) {
                out.append(row.stream().map(TroffTable::escaped).collect(Collectors.joining("\t")));
                out.append('\n');
            }
        }
        if (table.part().ends()) {
            end(table.footersOrCount(layout));
        }
    }

    private void printExpanded() {
        if (table.part().begins()) {
            begin();
            out.append(layout.tuplesOnly() ? "c l;\n" : "");
        }
        boolean formatted = !table.part().begins();
        long record = table.part().before();
        for (List<@Nullable String> row : table.rows()) {
            record++;
            if (!layout.tuplesOnly()) {
                out.append(border == 2 && record > 1 ? "_\n" : "").append(formatted ? ".T&\n" : "");
                out.append("c s.\n\\fIRecord " + record + "\\fP\n");
                formatted = true;
            }
            out.append(border >= 1 ? "_\n" : "");
            if (!layout.tuplesOnly()) {
                out.append(".T&\n").append(border == 1 ? "c | l.\n" : "c l.\n");
            }
            for (int i = 0; i < row.size(); i++) {
                out.append(escaped(table.headings().get(i).name()) + "\t" + escaped(row.get(i)) + "\n");
            }
        }
        if (table.part().ends()) {
            end(table.ownFooters(layout));
        }
    }

    private void begin() {
        String title = table.titleFor(layout);
        if (title != null) {
            out.append(".LP\n.DS C\n" + escaped(title) + "\n.DE\n");
        }
        out.append(".LP\n.TS\n").append(border == 2 ? "center box;\n" : "center;\n");
    }

    private void end(List<String> footers) {
        out.append(".TE\n.DS L\n");
        footers.forEach(footer -> out.append(escaped(footer)).append('\n'));
        out.append(".DE\n");
    }

    private static String escaped(@Nullable String text) {
        return text == null ? "" : text.replace("\\", "\\(rs");
    }
}
