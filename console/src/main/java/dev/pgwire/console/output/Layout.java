package dev.pgwire.console.output;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * How results are printed: what {@code \pset} sets.
 *
 * @param border how much of a frame a table has, from 0
 * @param nullText what NULL looks like
 * @param fieldSeparator between the values of an unaligned row
 * @param recordSeparator between unaligned rows
 * @param csvSeparator between the values of a row of CSV
 * @param title above each table
 * @param tableAttributes of an HTML table's tag, or the widths of a longtable's columns
 * @param footer whether the number of rows is told
 * @param numericLocale whether digits are grouped
 * @param columns the width to wrap and expand at; 0 for that of the terminal
 * @param terminalWidth in columns; 0 when the output goes elsewhere
 * @param terminalHeight in lines; 0 when the output goes elsewhere
 * @param pagerMinLines the pager is not used for less
 */
public record Layout(
        Format format,
        Expanded expanded,
        boolean tuplesOnly,
        int border,
        LineStyle.Name lineStyle,
        LineStyle.Unicode unicode,
        String nullText,
        String fieldSeparator,
        String recordSeparator,
        String csvSeparator,
        @Nullable String title,
        @Nullable String tableAttributes,
        boolean footer,
        boolean numericLocale,
        int columns,
        int terminalWidth,
        int terminalHeight,
        Pager pager,
        int pagerMinLines) {
    public static final Layout DEFAULT = new LayoutBuilder().build();

    /** The same, to be changed. */
    public LayoutBuilder but() {
        return new LayoutBuilder(this);
    }

    public Layout with(Format newFormat) {
        return but().format(newFormat).build();
    }

    public Layout with(Expanded newExpanded) {
        return but().expanded(newExpanded).build();
    }

    /** Whether this number of lines is for the pager; a line for the prompt is left. */
    public boolean pages(long lines) {
        boolean isLong = lines >= terminalHeight && lines >= pagerMinLines;
        return terminalHeight > 0 && pager != Pager.OFF && (pager == Pager.ALWAYS || isLong);
    }

    /** Whether a table is, which is long, or wider than the terminal. */
    public boolean pages(Table table) {
        return terminalHeight > 0 && pager != Pager.OFF && new PagerRule(this, table).applies();
    }

    LineStyle lines() {
        return lineStyle.style(unicode);
    }

    /** Where a line is too long; 0 if there is no telling. */
    int outputWidth() {
        return columns > 0 ? columns : terminalWidth;
    }

    public void print(Table table, PrintStream out) {
        boolean wide = expanded == Expanded.ON;
        Table shown = numericLocale ? GroupedDigits.in(table) : table;
        switch (format) {
            case CSV -> CsvTable.print(shown, this, out);
            case UNALIGNED -> UnalignedTable.print(shown, this, out);
            case HTML -> HtmlTable.print(shown, this, out);
            case ASCIIDOC -> AsciidocTable.print(shown, this, out);
            case LATEX -> LatexTable.print(shown, this, out);
            case LATEX_LONGTABLE -> {
                if (wide) {
                    LatexTable.print(shown, this, out);
                } else {
                    LongTable.print(shown, this, out);
                }
            }
            case TROFF_MS -> TroffTable.print(shown, this, out);
            case ALIGNED, WRAPPED -> {
                AlignedTable aligned = wide ? null : new AlignedTable(shown, this, out);
                if (aligned == null || expanded == Expanded.AUTO && aligned.doesNotFit()) {
                    ExpandedTable.print(shown, this, out);
                } else {
                    aligned.print();
                }
            }
        }
    }

    /** What a table looks like. The names are those of {@code \pset format}. */
    public enum Format {
        ALIGNED,
        ASCIIDOC,
        CSV,
        HTML,
        LATEX,
        LATEX_LONGTABLE,
        TROFF_MS,
        UNALIGNED,
        WRAPPED;

        @Override
        public String toString() {
            return Words.of(this);
        }
    }

    /** Whether a row is a table of its own. */
    public enum Expanded {
        OFF,
        ON,
        AUTO
    }

    /** When long output goes through a program to page it. */
    public enum Pager {
        OFF,
        ON,
        ALWAYS
    }
}
