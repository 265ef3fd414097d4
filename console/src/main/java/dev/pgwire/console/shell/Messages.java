package dev.pgwire.console.shell;

import dev.pgwire.console.output.RawText;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.protocol.Diagnostic;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * What is said beside the results, on standard error. Within a file each message begins with the place, under the name of
 * psql: editors and build tools look for {@code psql:file:line:}.
 */
public final class Messages {
    private static final char CONTEXT = 'W';

    private final PrintStream out;
    private final PrintStream err;
    private @Nullable String file;
    private int line;

    public Messages(PrintStream out, PrintStream err) {
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

    /** A file of that name beside the one that is read, as {@code \\ir} means it. */
    String besideTheFile(String name) {
        int directory = file == null ? 0 : file.lastIndexOf('/') + 1;
        boolean absolute = name.isEmpty() || name.startsWith("/") || name.startsWith("~");
        return file == null || absolute ? name : file.substring(0, directory) + name;
    }

    /** Something that the server said. */
    void report(String text) {
        // A reader of both streams wants the rows before the error that follows them.
        out.flush();
        print(place() + text + "\n");
    }

    private String place() {
        if (file == null) {
            return "";
        }
        return "psql:" + file + ":" + (line == 0 ? "" : line + ":") + " ";
    }

    /** What {@code \\warn} says: the text as it is. */
    void print(String text) {
        RawText.print(err, text);
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

    /** The error for what is not built and decides what runs next. */
    EndOfScript endOfScript(String text) {
        error(text);
        return endOfScript();
    }

    /** As {@link #endOfScript(String)}, when the error has been told. */
    EndOfScript endOfScript() {
        hint("What follows depends on it, so nothing more is run.");
        return new EndOfScript();
    }

    /** A second line of {@link #error}. */
    void hint(String text) {
        print(text + "\n");
    }

    /**
     * As an error is told, with its line and caret, but without the context.
     *
     * @param sql what was running; null if that is not known
     */
    void notice(Diagnostic notice, @Nullable String sql) {
        Diagnostic.Builder shown = Diagnostic.builder();
        notice.fields().forEach((code, value) -> {
            if (code != CONTEXT) {
                shown.field(code, value);
            }
        });
        report(new DatabaseException(shown.build(), sql).report());
    }
}
