package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code \pset format asciidoc}. */
final class AsciidocTable {
    private final Table table;
    private final Layout layout;
    private final PrintStream out;

    private AsciidocTable(Table table, Layout layout, PrintStream out) {
        this.table = table;
        this.layout = layout;
        this.out = out;
    }

    static void print(Table table, Layout layout, PrintStream out) {
        AsciidocTable asciidoc = new AsciidocTable(table, layout, out);
        boolean expanded = layout.expanded() == Layout.Expanded.ON;
        if (table.part().begins()) {
            asciidoc.begin(expanded);
        }
        if (expanded) {
            asciidoc.records();
        } else {
            asciidoc.rows();
        }
        out.append("|====\n");
        if (table.part().ends()) {
            asciidoc.end(expanded ? table.ownFooters(layout) : table.footersOrCount(layout));
        }
    }

    private void begin(boolean expanded) {
        out.append('\n');
        String title = table.titleFor(layout);
        if (title != null) {
            out.append('.').append(title).append('\n');
        }
        String columns = table.headings().stream()
                .map(heading -> heading.isRight() ? ">l" : "<l")
                .collect(Collectors.joining(","));
        String header = layout.tuplesOnly() ? "" : "options=\"header\",";
        out.append(expanded ? "[cols=\"h,l\"" : "[" + header + "cols=\"" + columns + "\"");
        out.append(
                switch (layout.border()) {
                    case 0 -> ",frame=\"none\",grid=\"none\"";
                    case 1 -> ",frame=\"none\"";
                    case 2 -> ",frame=\"all\",grid=\"all\"";
                    default -> "";
                });
        out.append("]\n|====\n");
        if (!expanded && !layout.tuplesOnly()) {
            out.append(table.headings().stream()
                    .map(heading -> "^l|" + escaped(heading.name()))
                    .collect(Collectors.joining(" ")));
            out.append('\n');
        }
    }

    private void rows() {
        if (table.headings().isEmpty()) {
            return;
        }
        for (List<@Nullable String> row : table.rows()) {
            for (int i = 0; i < row.size(); i++) {
                boolean last = i + 1 == row.size();
                String value = row.get(i);
                out.append(i > 0 ? " |" : "|");
                out.append(isBlank(value) ? (last ? "" : " ") : escaped(value));
            }
            out.append('\n');
        }
    }

    private void records() {
        long record = table.part().before();
        for (List<@Nullable String> row : table.rows()) {
            record++;
            out.append(layout.tuplesOnly() ? "2+|\n" : "2+^|Record " + record + "\n");
            for (int i = 0; i < row.size(); i++) {
                Table.Heading heading = table.headings().get(i);
                String value = row.get(i);
                out.append("<l|" + escaped(heading.name()) + (heading.isRight() ? " >l|" : " <l|"));
                out.append(isBlank(value) ? " " : escaped(value)).append('\n');
            }
        }
    }

    private void end(List<String> footers) {
        if (!footers.isEmpty()) {
            out.append("\n....\n");
            footers.forEach(footer -> out.append(footer).append('\n'));
            out.append("....\n");
        }
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.chars().allMatch(c -> c == ' ' || c == '\t');
    }

    private static String escaped(@Nullable String text) {
        return text == null ? "" : text.replace("|", "\\|");
    }
}
