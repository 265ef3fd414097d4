package dev.pgwire.console.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.console.output.Layout;
import dev.pgwire.console.output.RawText;
import dev.pgwire.console.output.Table;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Where results are printed: on standard output, in a file, or into a program. */
public final class ResultOutput {
    private final PrintStream standard;
    private final Programs programs;
    private final Messages messages;
    private PrintStream stream;

    public ResultOutput(PrintStream standard, Programs programs, Messages messages) {
        this.standard = standard;
        this.programs = programs;
        this.messages = messages;
        this.stream = standard;
    }

    public PrintStream stream() {
        return stream;
    }

    public boolean isStandard() {
        return stream == standard;
    }

    /** {@code \o}: prints there from now on; null for standard output. False, and a message, if it cannot be opened. */
    public boolean redirect(@Nullable String file) {
        PrintStream opened = file == null ? standard : open(file);
        if (opened == null) {
            return false;
        }
        close();
        stream = opened;
        return true;
    }

    /** Ends what was redirected to. */
    public void close() {
        if (stream != standard) {
            stream.close();
            stream = standard;
        }
    }

    /** Prints a table where results go, through the pager if it is long and a person reads it. */
    public void print(Table table, Layout layout) {
        print(table, layout, stream);
    }

    /** The same there. */
    public void print(Table table, Layout layout, PrintStream to) {
        boolean paged = to == standard && layout.pages(table);
        try (Printout printout = paged ? paged() : Printout.to(to)) {
            printout.print(out -> layout.print(table, out));
        }
    }

    /** As {@link #print(Table, Layout)}, of a text. */
    public void print(String text, Layout layout) {
        print(text, layout, stream);
    }

    /** As {@link #print(String, Layout)}, on standard output wherever results go. */
    public void printAside(String text, Layout layout) {
        print(text, layout, standard);
    }

    private void print(String text, Layout layout, PrintStream to) {
        long lines = text.chars().filter(c -> c == '\n').count();
        try (Printout printout = to == standard && layout.pages(lines) ? paged() : Printout.to(to)) {
            printout.print(out -> RawText.print(out, text));
        }
    }

    /** Whether what is printed there goes through the pager when there is no telling how long it is. */
    public boolean pages(PrintStream to, Layout layout) {
        return to == standard && layout.pages(Long.MAX_VALUE);
    }

    /** Into the pager; on standard output if there is none. */
    public Printout paged() {
        try {
            standard.flush();
            PagerStream pager = programs.pager(standard, messages.errorStream());
            return pager == null ? Printout.to(standard) : Printout.through(pager);
        } catch (IOException e) {
            return Printout.to(standard);
        }
    }

    /** Opens a file, or a program behind a vertical bar; null, and a message, if that fails. */
    public @Nullable PrintStream open(String file) {
        try {
            standard.flush();
            OutputStream opened = file.startsWith("|")
                    ? programs.into(file.substring(1), standard, messages.errorStream())
                    : Files.newOutputStream(programs.path(file));
            return new PrintStream(new BufferedOutputStream(opened), false, UTF_8);
        } catch (IOException e) {
            messages.error(file + ": " + Programs.reason(e));
            return null;
        }
    }
}
