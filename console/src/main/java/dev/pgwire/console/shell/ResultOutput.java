package dev.pgwire.console.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

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

    ResultOutput(PrintStream standard, Programs programs, Messages messages) {
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
