package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code \pset format latex-longtable}: a table that may go on over pages. */
final class LongTable {
    private static final int LINED = 3;

    private final Table table;
    private final Layout layout;
    private final PrintStream out;
    private final int border;

    private LongTable(Table table, Layout layout, PrintStream out) {
        this.table = table;
        this.layout = layout;
        this.out = out;
        this.border = Math.min(LINED, layout.border());
    }

    static void print(Table table, Layout layout, PrintStream out) {
        new LongTable(table, layout, out).print();
    }

    private void print() {
        if (table.part().begins()) {
            out.append("\\begin{longtable}{" + columns() + "}\n");
            if (!layout.tuplesOnly()) {
                head();
                foot();
            }
        }
        for (List<@Nullable String> row : table.rows()) {
            if (!row.isEmpty()) {
                out.append(row.stream()
                        .map(value -> "\\raggedright{" + LatexTable.escaped(value) + "}")
                        .collect(Collectors.joining("\n&\n")));
                out.append(" \\tabularnewline\n").append(border == LINED ? " \\hline\n" : "");
            }
        }
        if (table.part().ends()) {
            out.append("\\end{longtable}\n");
        }
    }

    private void head() {
        String names = table.headings().stream()
                .map(heading -> "\\small\\textbf{\\textit{" + LatexTable.escaped(heading.name()) + "}}")
                .collect(Collectors.joining(" & "));
        String top = border >= 2 ? "\\toprule\n" : "";
        out.append(top + names + " \\\\\n\\midrule\n\\endfirsthead\n");
        out.append(top + names + " \\\\\n" + (border == LINED ? "" : "\\midrule\n") + "\\endhead\n");
    }

    private void foot() {
        if (table.title() != null) {
            String title = LatexTable.escaped(table.title());
            String bottom = border == 2 ? "\\bottomrule\n" : "";
            out.append(bottom + "\\caption[" + title + " (Continued)]{" + title + "}\n\\endfoot\n");
            out.append(bottom + "\\caption[" + title + "]{" + title + "}\n\\endlastfoot\n");
        } else if (border >= 2) {
            out.append("\\bottomrule\n\\endfoot\n\\bottomrule\n\\endlastfoot\n");
        }
    }

    /** Columns to the left have the widths of the table's attributes, if there are any; the last one counts on. */
    private String columns() {
        String attributes =
                layout.tableAttributes() == null ? "" : layout.tableAttributes().strip();
        String[] widths = attributes.isEmpty() ? new String[0] : attributes.split("[ \\t\\n]+");
        StringBuilder columns = new StringBuilder();
        int next = 0;
        for (Table.Heading heading : table.headings()) {
            columns.append(columns.isEmpty() ? "" : border > 0 ? " | " : "");
            if (heading.isRight() || widths.length == 0) {
                columns.append(heading.isRight() ? "r" : "l");
            } else {
                columns.append("p{" + widths[Math.min(next++, widths.length - 1)] + "\\textwidth}");
            }
        }
        return border >= 2 ? "| " + columns + " |" : columns.toString();
    }
}
