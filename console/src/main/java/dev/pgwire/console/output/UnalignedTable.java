package dev.pgwire.console.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code -A}: values with a separator between them, for other programs to read. */
final class UnalignedTable {
    private static final String ZERO = "\0";

    private final Table table;
    private final Layout layout;
    private final PrintStream out;
    private boolean needsSeparator;

    private UnalignedTable(Table table, Layout layout, PrintStream out) {
        this.table = table;
        this.layout = layout;
        this.out = out;
        this.needsSeparator = !table.part().begins();
    }

    static void print(Table table, Layout layout, PrintStream out) {
        UnalignedTable unaligned = new UnalignedTable(table, layout, out);
        if (layout.expanded() == Layout.Expanded.ON) {
            unaligned.printExpanded();
        } else {
            unaligned.print();
        }
    }

    private void print() {
        if (table.part().begins() && !layout.tuplesOnly()) {
            if (table.title() != null) {
                out.append(table.title()).append(layout.recordSeparator());
            }
            List<@Nullable String> names = new ArrayList<>();
            table.headings().forEach(heading -> names.add(heading.name()));
            record(names);
        }
        if (!table.headings().isEmpty()) {
            table.rows().forEach(this::record);
        }
        if (table.part().ends()) {
            for (String footer : table.footersOrCount(layout)) {
                separate(1);
                out.append(footer);
                needsSeparator = true;
            }
            end();
        }
    }

    private void record(List<@Nullable String> values) {
        separate(1);
        String separator = "";
        for (String value : values) {
            out.append(separator).append(value == null ? "" : value);
            separator = layout.fieldSeparator();
        }
        needsSeparator = true;
    }

    /** A heading and its value a line, an empty line between rows. */
    private void printExpanded() {
        String title = table.titleFor(layout);
        if (table.part().begins() && title != null) {
            out.append(title);
            needsSeparator = true;
        }
        for (List<@Nullable String> row : table.rows()) {
            if (table.headings().isEmpty()) {
                break;
            }
            separate(2);
            for (int i = 0; i < row.size(); i++) {
                out.append(i > 0 ? layout.recordSeparator() : "");
                out.append(table.headings().get(i).name()).append(layout.fieldSeparator());
                out.append(row.get(i) == null ? "" : row.get(i));
            }
            needsSeparator = true;
        }
        if (table.part().ends()) {
            List<String> footers = table.ownFooters(layout);
            if (!footers.isEmpty()) {
                out.append(layout.recordSeparator());
                footers.forEach(footer -> out.append(layout.recordSeparator()).append(footer));
            }
            end();
        }
    }

    private void separate(int times) {
        if (needsSeparator) {
            out.append(layout.recordSeparator().repeat(times));
            needsSeparator = false;
        }
    }

    /** The last record ends with a line feed, whatever separates records, unless that is a zero byte. */
    private void end() {
        if (needsSeparator) {
            out.append(layout.recordSeparator().equals(ZERO) ? ZERO : "\n");
        }
    }
}
