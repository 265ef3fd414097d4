package dev.pgwire.console.system;

import dev.pgwire.console.output.RawText;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * What is said beside the results, on standard error. Within a file each message begins with the place, under the name of
 * psql: editors and build tools look for {@code psql:file:line:}.
 */
public final class Messages {
    private final PrintStream out;
    private final PrintStream err;
    private @Nullable String file;
    private int line;
    private boolean starting;
    private boolean seen;

    public Messages(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Where the next messages come from; null for a string of the command line, standard input or the terminal. */
    public void at(@Nullable String newFile, int newLine) {
        file = newFile;
        line = newLine;
    }

    public @Nullable String file() {
        return file;
    }

    public int line() {
        return line;
    }

    /** A file of that name beside the one that is read, as {@code \\ir} means it. */
    public String besideTheFile(String name) {
        int directory = file == null ? 0 : file.lastIndexOf('/') + 1;
        boolean absolute = name.isEmpty() || name.startsWith("/") || name.startsWith("~");
        return file == null || absolute ? name : file.substring(0, directory) + name;
    }

    /** Whether a person reads them as they come, and not a file. */
    public boolean areSeen() {
        return seen;
    }

    public void areSeen(boolean newSeen) {
        seen = newSeen;
    }

    /** Something that the server said. */
    public void report(String text) {
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
    public void print(String text) {
        RawText.print(err, text);
        err.flush();
    }

    /** Until the program has begun to do what it was started for, its errors bear its name. */
    public void starting(boolean newStarting) {
        starting = newStarting;
    }

    /** Something that the console itself has to say. */
    public void error(String text) {
        report(starting ? "pgwire: error: " + text : file == null ? text : "error: " + text);
    }

    /** As {@link #error}, of something that does no harm. */
    public void warning(String text) {
        report(file == null ? text : "warning: " + text);
    }

    /** A second line of {@link #error}. */
    public void hint(String text) {
        print(text + "\n");
    }

    /** Where errors go, for programs that are run. */
    public PrintStream errorStream() {
        return err;
    }
}
