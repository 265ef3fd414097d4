package dev.pgwire.console.output;

import java.io.PrintStream;

/**
 * How results are printed.
 *
 * @param separator what stands between the values of an unaligned row
 * @param terminalWidth in columns; 0 when the output goes elsewhere
 */
public record Layout(Format format, Expanded expanded, boolean tuplesOnly, String separator, int terminalWidth) {
    public static final Layout DEFAULT = new Layout(Format.ALIGNED, Expanded.OFF, false, "|", 0);

    public Layout with(Format newFormat) {
        return new Layout(newFormat, expanded, tuplesOnly, separator, terminalWidth);
    }

    public Layout with(Expanded newExpanded) {
        return new Layout(format, newExpanded, tuplesOnly, separator, terminalWidth);
    }

    public Layout withTuplesOnly(boolean newTuplesOnly) {
        return new Layout(format, expanded, newTuplesOnly, separator, terminalWidth);
    }

    public Layout withSeparator(String newSeparator) {
        return new Layout(format, expanded, tuplesOnly, newSeparator, terminalWidth);
    }

    public Layout withTerminalWidth(int newWidth) {
        return new Layout(format, expanded, tuplesOnly, separator, newWidth);
    }

    public void print(Table table, PrintStream out) {
        boolean wide = expanded == Expanded.ON;
        switch (format) {
            case CSV -> {
                if (wide) {
                    CsvTable.printExpanded(table, out);
                } else {
                    CsvTable.print(table, this, out);
                }
            }
            case UNALIGNED -> {
                if (wide) {
                    UnalignedTable.printExpanded(table, this, out);
                } else {
                    UnalignedTable.print(table, this, out);
                }
            }
            case ALIGNED -> {
                if (wide || doesNotFit(table, out)) {
                    ExpandedTable.print(table, this, out);
                } else {
                    AlignedTable.print(table, this, out);
                }
            }
        }
    }

    private boolean doesNotFit(Table table, PrintStream out) {
        return expanded == Expanded.AUTO
                && terminalWidth > 0
                && table.headings().size() > 1
                && AlignedTable.width(table, out) > terminalWidth;
    }

    public enum Format {
        ALIGNED,
        UNALIGNED,
        CSV
    }

    public enum Expanded {
        OFF,
        ON,
        AUTO
    }
}
