package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code \pset format html}. */
public final class HtmlTable {
    private final Table table;
    private final Layout layout;
    private final PrintStream out;

    private HtmlTable(Table table, Layout layout, PrintStream out) {
        this.table = table;
        this.layout = layout;
        this.out = out;
    }

    static void print(Table table, Layout layout, PrintStream out) {
        HtmlTable html = new HtmlTable(table, layout, out);
        boolean expanded = layout.expanded() == Layout.Expanded.ON;
        if (table.part().begins()) {
            html.begin();
            if (!expanded && !layout.tuplesOnly()) {
                html.headings();
            }
        }
        if (expanded) {
            html.records();
        } else {
            html.rows();
        }
        if (table.part().ends()) {
            html.end(expanded ? table.ownFooters(layout) : table.footersOrCount(layout));
        }
    }

    private void begin() {
        out.append("<table border=\"" + layout.border() + "\"");
        out.append(layout.tableAttributes() == null ? "" : " " + layout.tableAttributes())
                .append(">\n");
        String title = table.titleFor(layout);
        if (title != null) {
            out.append("  <caption>" + escaped(title) + "</caption>\n");
        }
    }

    private void headings() {
        out.append("  <tr>\n");
        for (Table.Heading heading : table.headings()) {
            out.append("    <th align=\"center\">" + escaped(heading.name()) + "</th>\n");
        }
        out.append("  </tr>\n");
    }

    private void rows() {
        if (table.headings().isEmpty()) {
            return;
        }
        for (List<@Nullable String> row : table.rows()) {
            out.append("  <tr valign=\"top\">\n");
            for (int i = 0; i < row.size(); i++) {
                cell(i, row.get(i));
            }
            out.append("  </tr>\n");
        }
    }

    private void records() {
        long record = table.part().before();
        for (List<@Nullable String> row : table.rows()) {
            record++;
            out.append(
                    layout.tuplesOnly()
                            ? "\n  <tr><td colspan=\"2\">&nbsp;</td></tr>\n"
                            : "\n  <tr><td colspan=\"2\" align=\"center\">Record " + record + "</td></tr>\n");
            for (int i = 0; i < row.size(); i++) {
                out.append("  <tr valign=\"top\">\n    <th>");
                out.append(escaped(table.headings().get(i).name())).append("</th>\n");
                cell(i, row.get(i));
                out.append("  </tr>\n");
            }
        }
    }

    private void cell(int column, @Nullable String value) {
        String align = table.headings().get(column).isRight() ? "right" : "left";
        String text = value == null ? "" : value;
        boolean blank = text.chars().allMatch(c -> c == ' ' || c == '\t');
        out.append("    <td align=\"" + align + "\">" + (blank ? "&nbsp; " : escaped(text)) + "</td>\n");
    }

    private void end(List<String> footers) {
        out.append("</table>\n");
        if (!footers.isEmpty()) {
            out.append("<p>");
            footers.forEach(footer -> out.append(escaped(footer)).append("<br />\n"));
            out.append("</p>");
        }
        out.append('\n');
    }

    /** A text as it may stand in HTML, with blanks at its beginning kept. */
    public static String escaped(String text) {
        StringBuilder html = new StringBuilder();
        boolean leading = true;
        for (char c : text.toCharArray()) {
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\n' -> html.append("<br />\n");
                case ' ' -> html.append(leading ? "&nbsp;" : " ");
                default -> html.append(c);
            }
            leading &= c == ' ';
        }
        return html.toString();
    }
}
