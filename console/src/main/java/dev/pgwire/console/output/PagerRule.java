package dev.pgwire.console.output;

import dev.pgwire.console.output.Layout.Expanded;
import dev.pgwire.console.output.Layout.Format;
import java.io.OutputStream;
import java.io.PrintStream;

/** Whether a table goes through the pager: psql's rule, which counts lines before any is printed. */
final class PagerRule {
    private final Layout layout;
    private final Table table;

    PagerRule(Layout layout, Table table) {
        this.layout = layout;
        this.table = table;
    }

    boolean applies() {
        boolean aligned = layout.format() == Format.ALIGNED || layout.format() == Format.WRAPPED;
        if (layout.expanded() == Expanded.ON) {
            return layout.pages(expandedLines());
        }
        // Of a long table the widths are not looked at.
        return layout.pages(lines()) || aligned && appliesToAligned();
    }

    private boolean appliesToAligned() {
        AlignedTable aligned = new AlignedTable(table, layout, new PrintStream(OutputStream.nullOutputStream()));
        if (layout.expanded() == Expanded.AUTO && aligned.doesNotFit()) {
            return layout.pages(expandedLines());
        }
        return aligned.isTooWide() || layout.pages(lines() + aligned.furtherLines());
    }

    private long lines() {
        return table.rows().size() + 1L + footers();
    }

    private long expandedLines() {
        return (table.headings().size() + 1L) * table.rows().size() + footers();
    }

    /** The number of rows below a result does not count. */
    private int footers() {
        return layout.tuplesOnly() || table.footers() == null
                ? 0
                : table.footers().size();
    }
}
