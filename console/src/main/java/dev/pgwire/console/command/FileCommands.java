package dev.pgwire.console.command;

import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.FileLines;
import dev.pgwire.console.shell.Script;
import dev.pgwire.console.shell.Shell;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files and programs: {@code \i}, {@code \ir}, {@code \o}, {@code \cd}, {@code \!}. */
final class FileCommands {
    private FileCommands() {}

    static void addTo(MetaCommands commands) {
        commands.add(FileCommands::include, "i", "include", "ir", "include_relative");
        commands.add(FileCommands::out, "o", "out");
        commands.add(FileCommands::changeDirectory, "cd");
        commands.add(FileCommands::shell, "!");
    }

    private static Outcome include(Call call) throws IOException {
        Shell shell = call.shell();
        String name = call.arguments().nextWithoutSemicolon();
        if (name == null) {
            return call.missingArgument();
        }
        String file = call.name().startsWith("ir") || call.name().endsWith("relative")
                ? shell.messages().besideTheFile(name)
                : name;
        Path path = shell.programs().path(file);
        String shown = file.startsWith("~/") ? path.toString() : file;
        try (FileLines lines = FileLines.open(path)) {
            return Outcome.of(Script.run(shell, lines, shown) == 0);
        } catch (FileSystemException e) {
            shell.messages().error(shown + ": " + FileLines.reason(e));
            return Outcome.FAILED;
        }
    }

    private static Outcome out(Call call) {
        return Outcome.of(call.shell().results().redirect(call.arguments().nextFile()));
    }

    private static Outcome changeDirectory(Call call) {
        String name = call.arguments().nextWithoutSemicolon();
        Path path = call.shell().programs().path(name == null ? "~" : name);
        if (!Files.isDirectory(path)) {
            String reason = Files.exists(path) ? "Not a directory" : "No such file or directory";
            return call.fail("could not change directory to \"" + name + "\": " + reason);
        }
        call.shell().programs().directory(path);
        return Outcome.DONE;
    }

    private static Outcome shell(Call call) throws IOException {
        String command = call.arguments().rest();
        Shell shell = call.shell();
        shell.out().flush();
        String program = command == null ? "exec ${SHELL:-/bin/sh}" : command;
        int status = shell.programs().run(program, shell.out(), shell.messages().errorStream());
        shell.variables().set("SHELL_EXIT_CODE", String.valueOf(status));
        shell.variables().set("SHELL_ERROR", String.valueOf(status != 0));
        return status == 127 ? call.fail("failed") : Outcome.DONE;
    }
}
