package dev.pgwire.console.shell;

import dev.pgwire.console.input.Variables;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.protocol.Diagnostic;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the server said, with as much of it as {@code VERBOSITY} and {@code SHOW_CONTEXT} ask for. */
final class ErrorText {
    private static final char MESSAGE = 'M';
    private static final char CONTEXT = 'W';

    private ErrorText() {}

    static String of(Diagnostic said, @Nullable String sql, boolean isError, Variables variables) {
        String verbosity = word(variables, "VERBOSITY", "default");
        String context = word(variables, "SHOW_CONTEXT", "errors");
        boolean shows = context.equals("always") || isError && context.equals("errors");
        return of(said, sql, verbosity, shows);
    }

    /** All of it, as {@code \errverbose} wants it. */
    static String verbose(Diagnostic said, @Nullable String sql) {
        return of(said, sql, "verbose", true);
    }

    private static String of(Diagnostic said, @Nullable String sql, String verbosity, boolean showsContext) {
        return switch (verbosity) {
            case "sqlstate" -> severity(said) + ":  " + said.sqlState();
            case "terse" -> severity(said) + ":  " + said.message() + place(said);
            case "verbose" -> full(said, sql, said.sqlState() + ": " + said.message(), showsContext) + origin(said);
            default -> full(said, sql, said.message(), showsContext);
        };
    }

    private static String full(Diagnostic said, @Nullable String sql, String message, boolean showsContext) {
        Diagnostic.Builder shown = Diagnostic.builder();
        said.fields().forEach((code, value) -> {
            if (code == MESSAGE) {
                shown.field(MESSAGE, message);
            } else if (code != CONTEXT || showsContext) {
                shown.field(code, value);
            }
        });
        return new DatabaseException(shown.build(), sql).report();
    }

    private static String severity(Diagnostic said) {
        String localized = said.localizedSeverity();
        return localized == null ? said.severity() : localized;
    }

    private static String place(Diagnostic said) {
        int position = said.position() > 0 ? said.position() : said.internalPosition();
        return position > 0 ? " at character " + position : "";
    }

    /** The objects that it is about, and where in the server it was raised. */
    private static String origin(Diagnostic said) {
        StringBuilder text = new StringBuilder();
        append(text, "SCHEMA NAME", said.schema());
        append(text, "TABLE NAME", said.table());
        append(text, "COLUMN NAME", said.column());
        append(text, "DATATYPE NAME", said.dataType());
        append(text, "CONSTRAINT NAME", said.constraint());
        if (said.file() != null || said.line() > 0 || said.routine() != null) {
            text.append("\nLOCATION:  ");
            text.append(said.routine() == null ? "" : said.routine() + ", ");
            text.append(said.file() == null ? "" : said.file() + ":" + said.line());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append('\n').append(name).append(":  ").append(value);
        }
    }

    private static String word(Variables variables, String name, String usual) {
        String value = variables.get(name);
        return value == null ? usual : value.toLowerCase(Locale.ROOT);
    }
}
