package dev.pgwire.console;

import dev.pgwire.console.shell.FileLines;
import dev.pgwire.console.shell.ScriptInput;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Standard input: the lines of a script, and the answers to what commands of it ask. */
final class StandardInput implements ScriptInput {
    private final FileLines lines;
    private final PrintStream out;
    private final PrintStream err;
    private final @Nullable Path terminal;
    private final boolean interactive;

    StandardInput(Input in, PrintStream out, PrintStream err) {
        this.lines = new FileLines(in.stream());
        this.out = out;
        this.err = err;
        this.terminal = in.terminal();
        this.interactive = in.isInteractive();
    }

    FileLines lines() {
        return lines;
    }

    @Override
    public boolean isInteractive() {
        return interactive;
    }

    /** Whether a person can be asked, who need not type at standard input. */
    boolean hasTerminal() {
        return interactive || terminal != null && ProcessTerminal.isOne(terminal);
    }

    @Override
    public @Nullable String answer(String question) {
        out.append(question);
        out.flush();
        try {
            return lines.next("");
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public String typed(String question) {
        err.print(question);
        err.flush();
        String answer = answer("");
        return answer == null ? "" : answer;
    }

    @Override
    public @Nullable String secret(String question) {
        Console console = interactive ? System.console() : null;
        if (console != null) {
            char[] typed = console.readPassword("%s", question);
            return typed == null ? null : new String(typed);
        }
        if (terminal != null && ProcessTerminal.isOne(terminal)) {
            try {
                return ProcessTerminal.readUnseen(terminal, question);
            } catch (IOException e) {
                return null;
            }
        }
        // As psql does it without a terminal.
        String answer = typed(question);
        err.println();
        err.flush();
        return answer;
    }
}
