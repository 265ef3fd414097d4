package dev.pgwire.console;

import dev.pgwire.protocol.Diagnostic;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * What is said beside the results, on standard error. Within a file each message begins with the place, under the name of
 * psql: editors and build tools look for {@code psql:file:line:}.
 */
final class Messages {
    private final PrintStream out;
    private final PrintStream err;
    private @Nullable String file;
    private int line;

    Messages(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Where the next messages come from; null for a string of the command line, standard input or the terminal. */
    void at(@Nullable String newFile, int newLine) {
        file = newFile;
        line = newLine;
    }

    @Nullable
    String file() {
        return file;
    }

    int line() {
        return line;
    }

    /** Something that the server said. */
    void report(String text) {
        // Whoever reads both wants the rows before an error to come before it.
        out.flush();
        err.println((file == null ? "" : "psql:" + file + ":" + line + ": ") + text);
        err.flush();
    }

    /** Something that the console itself has to say. */
    void error(String text) {
        report(file == null ? text : "error: " + text);
    }

    /** As {@link #error}, of something that does no harm. */
    void warning(String text) {
        report(file == null ? text : "warning: " + text);
    }

    /** A second line of {@link #error}. */
    void hint(String text) {
        err.println(text);
        err.flush();
    }

    void notice(Diagnostic notice) {
        StringBuilder text = new StringBuilder();
        String severity = notice.localizedSeverity();
        text.append(severity == null ? notice.severity() : severity)
                .append(":  ")
                .append(notice.message());
        append(text, "DETAIL:  ", notice.detail());
        append(text, "HINT:  ", notice.hint());
        append(text, "QUERY:  ", notice.internalQuery());
        report(text.toString());
    }

    private static void append(StringBuilder text, String label, @Nullable String value) {
        if (value != null) {
            text.append('\n').append(label).append(value);
        }
    }
}
