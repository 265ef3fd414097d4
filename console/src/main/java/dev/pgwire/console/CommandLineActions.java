package dev.pgwire.console;

import dev.pgwire.console.input.CommandArguments;
import dev.pgwire.console.input.Conditions;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.FileLines;
import dev.pgwire.console.shell.Script;
import dev.pgwire.console.shell.Shell;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** Does what {@code -c} and {@code -f} say, and reads standard input if neither is given. */
final class CommandLineActions {
    private final Shell shell;
    private final StandardInput standard;

    CommandLineActions(Shell shell, StandardInput standard) {
        this.shell = shell;
        this.standard = standard;
    }

    /** One string of SQL, or one backslash command. */
    boolean command(String command) throws IOException {
        if (!command.startsWith("\\")) {
            if (shell.variables().all().getOrDefault("ECHO", "").equals("all")) {
                shell.out().append(command).append('\n');
                shell.out().flush();
            }
            return shell.run(command);
        }
        CommandArguments arguments = shell.arguments(command.substring(1));
        Call.Outcome outcome = shell.commands().run(new Call(shell, arguments, null, new Conditions(), false));
        return outcome != Call.Outcome.FAILED;
    }

    /** A file; its exit status. */
    int file(String name) throws IOException {
        if (name.equals("-")) {
            return script(standard.lines(), "<stdin>");
        }
        try (FileLines lines = FileLines.open(shell.programs().path(name))) {
            return script(lines, name);
        } catch (FileSystemException e) {
            shell.out().flush();
            shell.messages().report("pgwire: error: " + name + ": " + FileLines.reason(e));
            return Console.FAILURE;
        }
    }

    int standardInput() throws IOException {
        return script(standard.lines(), null);
    }

    private int script(FileLines lines, @Nullable String name) throws IOException {
        return Script.run(shell, lines, name);
    }
}
