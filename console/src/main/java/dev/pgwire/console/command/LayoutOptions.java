package dev.pgwire.console.command;

import dev.pgwire.console.input.SpecialVariables;
import dev.pgwire.console.input.Switch;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.output.LayoutBuilder;
import dev.pgwire.console.output.LineStyle;
import dev.pgwire.console.shell.Shell;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The options of {@code \pset}: what each may be, and how it is told. */
final class LayoutOptions {
    private static final String ZERO = "\0";
    private static final String FORMATS =
            "aligned, asciidoc, csv, html, latex, latex-longtable, troff-ms, unaligned, wrapped";

    private LayoutOptions() {}

    /** Sets one; null for what it does without a value. False, and a message, if it cannot be. */
    static boolean set(Shell shell, String option, @Nullable String value, boolean tells) {
        Layout before = shell.layout();
        LayoutBuilder layout = before.but();
        String error = apply(option, value, before, layout);
        if (error != null) {
            if (!error.isEmpty()) {
                shell.messages().error(error);
            }
            return false;
        }
        shell.layout(layout.build());
        // psql does not confirm these when it is told what they are to be.
        boolean silent = value != null
                && switch (option) {
                    case "numericlocale", "t", "tuples_only", "footer" -> true;
                    default -> false;
                };
        if (tells && !silent) {
            shell.out().append(LayoutOptionTexts.told(option, shell.layout())).append('\n');
        }
        return true;
    }

    private static @Nullable String apply(String option, @Nullable String value, Layout before, LayoutBuilder layout) {
        switch (option) {
            case "format" -> {
                return value == null ? null : format(value, layout);
            }
            case "linestyle" -> {
                return word(value, "line styles", LineStyle.Name.values(), layout::lineStyle);
            }
            case "unicode_border_linestyle", "unicode_column_linestyle", "unicode_header_linestyle" -> {
                return stroke(option, value, before, layout);
            }
            case "border" -> layout.border(value == null ? before.border() : number(value));
            case "x", "expanded", "vertical" -> {
                return expanded(value, before, layout);
            }
            case "csv_fieldsep" -> {
                return value == null ? null : csvSeparator(value, layout);
            }
            case "numericlocale" -> {
                return onOff(value, option, before.numericLocale(), layout::numericLocale);
            }
            case "null" -> layout.nullText(value == null ? before.nullText() : value);
            case "fieldsep" -> layout.fieldSeparator(value == null ? before.fieldSeparator() : value);
            case "fieldsep_zero" -> layout.fieldSeparator(ZERO);
            case "recordsep" -> layout.recordSeparator(value == null ? before.recordSeparator() : value);
            case "recordsep_zero" -> layout.recordSeparator(ZERO);
            case "t", "tuples_only" -> {
                return onOff(value, option, before.tuplesOnly(), layout::tuplesOnly);
            }
            case "C", "title" -> layout.title(value);
            case "T", "tableattr" -> layout.tableAttributes(value);
            case "pager" -> {
                return pager(value, before, layout);
            }
            case "pager_min_lines" -> layout.pagerMinLines(value == null ? before.pagerMinLines() : number(value));
            case "footer" -> {
                return onOff(value, option, before.footer(), layout::footer);
            }
            case "columns" -> layout.columns(value == null ? before.columns() : number(value));
            default -> {
                return "\\pset: unknown option: " + option;
            }
        }
        return null;
    }

    private static @Nullable String format(String value, LayoutBuilder layout) {
        Layout.@Nullable Format found = null;
        for (Layout.Format format : Layout.Format.values()) {
            // The shorter of these two is not ambiguous.
            boolean begins = format != Layout.Format.LATEX_LONGTABLE && begins(format, value);
            if (begins && found != null) {
                return "\\pset: ambiguous abbreviation \"" + value + "\" matches both \"" + found + "\" and \"" + format
                        + "\"";
            }
            found = begins ? format : found;
        }
        if (found == null && begins(Layout.Format.LATEX_LONGTABLE, value)) {
            found = Layout.Format.LATEX_LONGTABLE;
        }
        if (found == null) {
            return "\\pset: allowed formats are " + FORMATS;
        }
        layout.format(found);
        return null;
    }

    private static <E extends Enum<E>> @Nullable String word(
            @Nullable String value, String what, E[] words, Consumer<E> take) {
        if (value == null) {
            return null;
        }
        StringBuilder allowed = new StringBuilder();
        for (E word : words) {
            if (begins(word, value)) {
                take.accept(word);
                return null;
            }
            allowed.append(allowed.isEmpty() ? "" : ", ").append(word);
        }
        return "\\pset: allowed " + what + " are " + allowed;
    }

    private static boolean begins(Object word, String value) {
        return word.toString().startsWith(value.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String stroke(String option, @Nullable String value, Layout before, LayoutBuilder layout) {
        LineStyle.Unicode unicode = before.unicode();
        String part = option.substring("unicode_".length(), option.lastIndexOf('_'));
        Function<LineStyle.Stroke, LineStyle.Unicode> with =
                switch (part) {
                    case "border" -> stroke -> new LineStyle.Unicode(stroke, unicode.column(), unicode.header());
                    case "column" -> stroke -> new LineStyle.Unicode(unicode.border(), stroke, unicode.header());
                    default -> stroke -> new LineStyle.Unicode(unicode.border(), unicode.column(), stroke);
                };
        return word(
                value,
                "Unicode " + part + " line styles",
                LineStyle.Stroke.values(),
                stroke -> layout.unicode(with.apply(stroke)));
    }

    private static @Nullable String expanded(@Nullable String value, Layout before, LayoutBuilder layout) {
        if (value == null) {
            boolean off = before.expanded() == Layout.Expanded.OFF;
            layout.expanded(off ? Layout.Expanded.ON : Layout.Expanded.OFF);
            return null;
        }
        Boolean on = Switch.parse(value);
        if (value.equalsIgnoreCase("auto")) {
            layout.expanded(Layout.Expanded.AUTO);
        } else if (on == null) {
            return SpecialVariables.unrecognized("expanded", value) + "\nAvailable values are: on, off, auto.";
        } else {
            layout.expanded(on ? Layout.Expanded.ON : Layout.Expanded.OFF);
        }
        return null;
    }

    private static @Nullable String pager(@Nullable String value, Layout before, LayoutBuilder layout) {
        if (value == null) {
            layout.pager(before.pager() == Layout.Pager.ON ? Layout.Pager.OFF : Layout.Pager.ON);
            return null;
        }
        Boolean on = Switch.parse(value);
        if (value.equalsIgnoreCase("always")) {
            layout.pager(Layout.Pager.ALWAYS);
        } else if (on == null) {
            return SpecialVariables.unrecognized("pager", value) + "\nAvailable values are: on, off, always.";
        } else {
            layout.pager(on ? Layout.Pager.ON : Layout.Pager.OFF);
        }
        return null;
    }

    private static @Nullable String csvSeparator(String value, LayoutBuilder layout) {
        if (value.length() != 1 || value.charAt(0) > '~' || value.charAt(0) == 0) {
            return "\\pset: csv_fieldsep must be a single one-byte character";
        }
        if (value.equals("\"") || value.equals("\n") || value.equals("\r")) {
            return "\\pset: csv_fieldsep cannot be a double quote, a newline, or a carriage return";
        }
        layout.csvSeparator(value);
        return null;
    }

    private static @Nullable String onOff(
            @Nullable String value, String option, boolean before, Consumer<Boolean> take) {
        Boolean on = value == null ? Boolean.valueOf(!before) : Switch.parse(value);
        if (on == null) {
            return SpecialVariables.unrecognized(option, String.valueOf(value)) + ": Boolean expected";
        }
        take.accept(on);
        return null;
    }

    /** As C reads a number: up to the first character that is no digit, 0 if there is none. */
    private static int number(String value) {
        String digits = value.strip().replaceFirst("^([+-]?\\d{1,9}).*$", "$1");
        return digits.matches("[+-]?\\d{1,9}") ? Integer.parseInt(digits) : 0;
    }

    /** All options as {@code \pset} alone lists them. */
    static Map<String, String> all(Layout layout) {
        Map<String, String> all = new LinkedHashMap<>();
        boolean fieldZero = layout.fieldSeparator().equals(ZERO);
        boolean recordZero = layout.recordSeparator().equals(ZERO);
        all.put("border", String.valueOf(layout.border()));
        all.put("columns", String.valueOf(layout.columns()));
        all.put("csv_fieldsep", quoted(layout.csvSeparator()));
        all.put("expanded", layout.expanded().name().toLowerCase(Locale.ROOT));
        all.put("fieldsep", quoted(fieldZero ? "" : layout.fieldSeparator()));
        all.put("fieldsep_zero", onOff(fieldZero));
        all.put("footer", onOff(layout.footer()));
        all.put("format", layout.format().toString());
        all.put("linestyle", layout.lineStyle().toString());
        all.put("null", quoted(layout.nullText()));
        all.put("numericlocale", onOff(layout.numericLocale()));
        all.put("pager", String.valueOf(layout.pager().ordinal()));
        all.put("pager_min_lines", String.valueOf(layout.pagerMinLines()));
        all.put("recordsep", quoted(recordZero ? "" : layout.recordSeparator()));
        all.put("recordsep_zero", onOff(recordZero));
        all.put("tableattr", layout.tableAttributes() == null ? "" : quoted(layout.tableAttributes()));
        all.put("title", layout.title() == null ? "" : quoted(layout.title()));
        all.put("tuples_only", onOff(layout.tuplesOnly()));
        all.put("unicode_border_linestyle", layout.unicode().border().toString());
        all.put("unicode_column_linestyle", layout.unicode().column().toString());
        all.put("unicode_header_linestyle", layout.unicode().header().toString());
        return all;
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static String quoted(String text) {
        return "'" + text.replace("\n", "\\n").replace("'", "\\'") + "'";
    }
}
