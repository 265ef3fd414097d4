package dev.pgwire.console;

import dev.pgwire.console.output.Layout;
import dev.pgwire.console.output.LayoutBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how results look. */
final class OutputOptions {
    @Option(
            names = {"-t", "--tuples-only"},
            description = "print rows only")
    private boolean tuplesOnly;

    @Option(
            names = {"-x", "--expanded"},
            description = "print a row per column")
    private boolean expanded;

    @Option(
            names = {"-F", "--field-separator"},
            paramLabel = "STRING",
            description = "between unaligned values (default: |)")
    private String fieldSeparator = "|";

    @Option(
            names = {"-z", "--field-separator-zero"},
            description = "a zero byte between unaligned values")
    private boolean fieldZero;

    @Option(
            names = {"-R", "--record-separator"},
            paramLabel = "STRING",
            description = "between unaligned rows (default: newline)")
    private String recordSeparator = "\n";

    @Option(
            names = {"-0", "--record-separator-zero"},
            description = "a zero byte between unaligned rows")
    private boolean recordZero;

    @Option(
            names = {"-T", "--table-attr"},
            paramLabel = "TEXT",
            description = "attributes of an HTML table's tag")
    private @Nullable String tableAttributes;

    @Option(
            names = {"-P", "--pset"},
            paramLabel = "NAME[=VALUE]",
            description = "set an option of \\pset")
    private List<String> options = new ArrayList<>();

    private Layout.Format format = Layout.Format.ALIGNED;

    // Of several formats the last one counts, so these are methods: they are called in the order of the command line.
    @Option(names = "--csv", description = "print CSV")
    void csv(boolean on) {
        format = on ? Layout.Format.CSV : format;
    }

    @Option(
            names = {"-A", "--no-align"},
            description = "print unaligned")
    void unaligned(boolean on) {
        format = on ? Layout.Format.UNALIGNED : format;
    }

    @Option(
            names = {"-H", "--html"},
            description = "print HTML")
    void html(boolean on) {
        format = on ? Layout.Format.HTML : format;
    }

    Layout layout() {
        LayoutBuilder layout = Layout.DEFAULT
                .but()
                .format(format)
                .expanded(expanded ? Layout.Expanded.ON : Layout.Expanded.OFF)
                .tuplesOnly(tuplesOnly)
                .fieldSeparator(fieldZero ? "\0" : fieldSeparator)
                .recordSeparator(recordZero ? "\0" : recordSeparator)
                .tableAttributes(tableAttributes);
        return layout.build();
    }

    /** What is left to be set as {@code \pset} sets it. */
    List<String> psetOptions() {
        return options;
    }
}
