package dev.pgwire.console.output;

import org.jspecify.annotations.Nullable;

/** A {@link Layout} to be; begins with what psql begins with. */
public final class LayoutBuilder {
    private Layout.Format format = Layout.Format.ALIGNED;
    private Layout.Expanded expanded = Layout.Expanded.OFF;
    private boolean tuplesOnly;
    private int border = 1;
    private LineStyle.Name lineStyle = LineStyle.Name.ASCII;
    private LineStyle.Unicode unicode = LineStyle.Unicode.SINGLE;
    private String nullText = "";
    private String fieldSeparator = "|";
    private String recordSeparator = "\n";
    private String csvSeparator = ",";
    private @Nullable String title;
    private @Nullable String tableAttributes;
    private boolean footer = true;
    private boolean numericLocale;
    private int columns;
    private int terminalWidth;
    private int terminalHeight;
    private Layout.Pager pager = Layout.Pager.ON;
    private int pagerMinLines;

    LayoutBuilder() {}

    LayoutBuilder(Layout layout) {
        format = layout.format();
        expanded = layout.expanded();
        tuplesOnly = layout.tuplesOnly();
        border = layout.border();
        lineStyle = layout.lineStyle();
        unicode = layout.unicode();
        nullText = layout.nullText();
        fieldSeparator = layout.fieldSeparator();
        recordSeparator = layout.recordSeparator();
        csvSeparator = layout.csvSeparator();
        title = layout.title();
        tableAttributes = layout.tableAttributes();
        footer = layout.footer();
        numericLocale = layout.numericLocale();
        columns = layout.columns();
        terminalWidth = layout.terminalWidth();
        terminalHeight = layout.terminalHeight();
        pager = layout.pager();
        pagerMinLines = layout.pagerMinLines();
    }

    public Layout build() {
        return new Layout(
                format,
                expanded,
                tuplesOnly,
                border,
                lineStyle,
                unicode,
                nullText,
                fieldSeparator,
                recordSeparator,
                csvSeparator,
                title,
                tableAttributes,
                footer,
                numericLocale,
                columns,
                terminalWidth,
                terminalHeight,
                pager,
                pagerMinLines);
    }

    public LayoutBuilder format(Layout.Format value) {
        format = value;
        return this;
    }

    public LayoutBuilder expanded(Layout.Expanded value) {
        expanded = value;
        return this;
    }

    public LayoutBuilder tuplesOnly(boolean value) {
        tuplesOnly = value;
        return this;
    }

    public LayoutBuilder border(int value) {
        border = value;
        return this;
    }

    public LayoutBuilder lineStyle(LineStyle.Name value) {
        lineStyle = value;
        return this;
    }

    public LayoutBuilder unicode(LineStyle.Unicode value) {
        unicode = value;
        return this;
    }

    public LayoutBuilder nullText(String value) {
        nullText = value;
        return this;
    }

    public LayoutBuilder fieldSeparator(String value) {
        fieldSeparator = value;
        return this;
    }

    public LayoutBuilder recordSeparator(String value) {
        recordSeparator = value;
        return this;
    }

    public LayoutBuilder csvSeparator(String value) {
        csvSeparator = value;
        return this;
    }

    public LayoutBuilder title(@Nullable String value) {
        title = value;
        return this;
    }

    public LayoutBuilder tableAttributes(@Nullable String value) {
        tableAttributes = value;
        return this;
    }

    public LayoutBuilder footer(boolean value) {
        footer = value;
        return this;
    }

    public LayoutBuilder numericLocale(boolean value) {
        numericLocale = value;
        return this;
    }

    public LayoutBuilder columns(int value) {
        columns = value;
        return this;
    }

    /** The terminal's size, in columns and lines; zeros when the output goes elsewhere. */
    public LayoutBuilder terminal(int width, int height) {
        terminalWidth = width;
        terminalHeight = height;
        return this;
    }

    public LayoutBuilder pager(Layout.Pager value) {
        pager = value;
        return this;
    }

    public LayoutBuilder pagerMinLines(int value) {
        pagerMinLines = value;
        return this;
    }
}
