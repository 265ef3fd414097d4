package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code \pset format latex}. */
final class LatexTable {
    private static final int LINED = 3;

    private final Table table;
    private final Layout layout;
    private final PrintStream out;

    private LatexTable(Table table, Layout layout, PrintStream out) {
        this.table = table;
        this.layout = layout;
        this.out = out;
    }

    static void print(Table table, Layout layout, PrintStream out) {
        LatexTable latex = new LatexTable(table, layout, out);
        if (layout.expanded() == Layout.Expanded.ON) {
            latex.printExpanded(Math.min(2, layout.border()));
        } else {
            latex.print(Math.min(LINED, layout.border()));
        }
    }

    private void print(int border) {
        if (table.part().begins()) {
            title();
            out.append("\\begin{tabular}{" + columns(table, border) + "}\n");
            if (!layout.tuplesOnly()) {
                out.append(border >= 2 ? "\\hline\n" : "");
                out.append(table.headings().stream()
                        .map(heading -> "\\textit{" + escaped(heading.name()) + "}")
                        .collect(Collectors.joining(" & ")));
                out.append(" \\\\\n\\hline\n");
            }
        }
        for (List<@Nullable String> row : table.rows()) {
            if (!row.isEmpty()) {
                out.append(row.stream().map(LatexTable::escaped).collect(Collectors.joining(" & ")));
                out.append(" \\\\\n").append(border == LINED ? "\\hline\n" : "");
            }
        }
        if (table.part().ends()) {
            end(border, table.footersOrCount(layout));
        }
    }

    private void printExpanded(int border) {
        if (table.part().begins()) {
            title();
            out.append("\\begin{tabular}{" + new String[] {"cl", "c|l", "|c|l|"}[border] + "}\n");
        }
        long record = table.part().before();
        for (List<@Nullable String> row : table.rows()) {
            record++;
            if (!layout.tuplesOnly()) {
                out.append(border == 2 ? "\\hline\n\\multicolumn{2}{|c|}" : "\\multicolumn{2}{c}");
                out.append("{\\textit{Record " + record + "}} \\\\\n");
            }
            out.append(border >= 1 ? "\\hline\n" : "");
            for (int i = 0; i < row.size(); i++) {
                out.append(escaped(table.headings().get(i).name()) + " & " + escaped(row.get(i)) + " \\\\\n");
            }
        }
        if (table.part().ends()) {
            end(border, table.ownFooters(layout));
        }
    }

    private void title() {
        String title = table.titleFor(layout);
        if (title != null) {
            out.append("\\begin{center}\n" + escaped(title) + "\n\\end{center}\n\n");
        }
    }

    private void end(int border, List<String> footers) {
        out.append(border == 2 ? "\\hline\n" : "").append("\\end{tabular}\n\n\\noindent ");
        footers.forEach(footer -> out.append(escaped(footer)).append(" \\\\\n"));
        out.append('\n');
    }

    private static String columns(Table table, int border) {
        String aligns = table.headings().stream()
                .map(heading -> heading.isRight() ? "r" : "l")
                .collect(Collectors.joining(border > 0 ? " | " : ""));
        return border >= 2 ? "| " + aligns + " |" : aligns;
    }

    static String escaped(@Nullable String text) {
        StringBuilder latex = new StringBuilder();
        for (char c : (text == null ? "" : text).toCharArray()) {
            switch (c) {
                case '#', '$', '%', '&', '_', '{', '}' -> latex.append('\\').append(c);
                case '^', '~' -> latex.append('\\').append(c).append("{}");
                case '<' -> latex.append("\\textless{}");
                case '>' -> latex.append("\\textgreater{}");
                case '\\' -> latex.append("\\textbackslash{}");
                case '|' -> latex.append("\\textbar{}");
                case '\n' -> latex.append("\\\\");
                default -> latex.append(c);
            }
        }
        return latex.toString();
    }
}
