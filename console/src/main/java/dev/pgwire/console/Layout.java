package dev.pgwire.console;

import java.io.PrintStream;

/**
 * How results are printed.
 *
 * @param separator what stands between the values of an unaligned row
 * @param terminalWidth in columns; 0 when the output goes elsewhere
 */
record Layout(Format format, Expanded expanded, boolean tuplesOnly, String separator, int terminalWidth) {
    static final Layout DEFAULT = new Layout(Format.ALIGNED, Expanded.OFF, false, "|", 0);

    Layout with(Format newFormat) {
        return new Layout(newFormat, expanded, tuplesOnly, separator, terminalWidth);
    }

    Layout with(Expanded newExpanded) {
        return new Layout(format, newExpanded, tuplesOnly, separator, terminalWidth);
    }

    Layout withTuplesOnly(boolean newTuplesOnly) {
        return new Layout(format, expanded, newTuplesOnly, separator, terminalWidth);
    }

    Layout withSeparator(String newSeparator) {
        return new Layout(format, expanded, tuplesOnly, newSeparator, terminalWidth);
    }

    Layout withTerminalWidth(int newWidth) {
        return new Layout(format, expanded, tuplesOnly, separator, newWidth);
    }

    void print(Table table, PrintStream out) {
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

    enum Format {
        ALIGNED,
        UNALIGNED,
        CSV
    }

    enum Expanded {
        OFF,
        ON,
        AUTO
    }
}
