package dev.pgwire.console;

import dev.pgwire.console.shell.FileLines;
import dev.pgwire.console.shell.ScriptInput;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Standard input: the lines of a script, and the answers to what commands of it ask. */
final class StandardInput implements ScriptInput {
    private final FileLines lines;
    private final PrintStream out;
    private final boolean interactive;

    StandardInput(Input in, PrintStream out) {
        this.lines = new FileLines(in.stream());
        this.out = out;
        this.interactive = in.isInteractive();
    }

    FileLines lines() {
        return lines;
    }

    @Override
    public boolean isInteractive() {
        return interactive;
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
    public @Nullable String secret(String question) {
        Console terminal = interactive ? System.console() : null;
        if (terminal == null) {
            return answer(question);
        }
        char[] typed = terminal.readPassword("%s", question);
        return typed == null ? null : new String(typed);
    }
}
