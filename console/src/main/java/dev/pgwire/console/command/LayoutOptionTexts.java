package dev.pgwire.console.command;

import dev.pgwire.console.output.Layout;

/** How an option of {@code \pset} is told when it has been set. */
final class LayoutOptionTexts {
    private static final String ZERO = "\0";

    private LayoutOptionTexts() {}

    static String told(String option, Layout layout) {
        return switch (option) {
            case "border" -> "Border style is " + layout.border() + ".";
            case "columns" ->
                layout.columns() == 0 ? "Target width is unset." : "Target width is " + layout.columns() + ".";
            case "x", "expanded", "vertical" ->
                layout.expanded() == Layout.Expanded.AUTO
                        ? "Expanded display is used automatically."
                        : "Expanded display is " + onOff(layout.expanded() == Layout.Expanded.ON) + ".";
            case "csv_fieldsep" -> "Field separator for CSV is \"" + layout.csvSeparator() + "\".";
            case "fieldsep", "fieldsep_zero" ->
                layout.fieldSeparator().equals(ZERO)
                        ? "Field separator is zero byte."
                        : "Field separator is \"" + layout.fieldSeparator() + "\".";
            case "recordsep", "recordsep_zero" -> recordSeparator(layout.recordSeparator());
            case "footer" -> "Default footer is " + onOff(layout.footer()) + ".";
            case "format" -> "Output format is " + layout.format() + ".";
            case "linestyle" -> "Line style is " + layout.lineStyle() + ".";
            case "null" -> "Null display is \"" + layout.nullText() + "\".";
            case "numericlocale" -> "Locale-adjusted numeric output is " + onOff(layout.numericLocale()) + ".";
            case "pager" ->
                switch (layout.pager()) {
                    case ON -> "Pager is used for long output.";
                    case ALWAYS -> "Pager is always used.";
                    case OFF -> "Pager usage is off.";
                };
            case "pager_min_lines" ->
                "Pager won't be used for less than " + layout.pagerMinLines()
                        + (layout.pagerMinLines() == 1 ? " line." : " lines.");
            case "T", "tableattr" ->
                layout.tableAttributes() == null
                        ? "Table attributes unset."
                        : "Table attributes are \"" + layout.tableAttributes() + "\".";
            case "C", "title" -> layout.title() == null ? "Title is unset." : "Title is \"" + layout.title() + "\".";
            case "t", "tuples_only" -> "Tuples only is " + onOff(layout.tuplesOnly()) + ".";
            case "unicode_border_linestyle" ->
                "Unicode border line style is \"" + layout.unicode().border() + "\".";
            case "unicode_column_linestyle" ->
                "Unicode column line style is \"" + layout.unicode().column() + "\".";
            default -> "Unicode header line style is \"" + layout.unicode().header() + "\".";
        };
    }

    private static String recordSeparator(String separator) {
        if (separator.equals(ZERO)) {
            return "Record separator is zero byte.";
        }
        return "Record separator is " + (separator.equals("\n") ? "<newline>" : "\"" + separator + "\"") + ".";
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }
}
