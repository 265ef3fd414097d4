package dev.pgwire.console.command;

import dev.pgwire.console.copy.CopyEnd;
import dev.pgwire.console.copy.CopyWords;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import dev.pgwire.console.shell.FileLines;
import dev.pgwire.console.shell.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code \copy}: a COPY whose file is one of this machine. */
final class CopyCommand {
    private CopyCommand() {}

    static void addTo(MetaCommands commands) {
        commands.add(CopyCommand::copy, "copy");
    }

    private static Outcome copy(Call call) throws IOException {
        Shell shell = call.shell();
        String text = call.arguments().rest();
        if (text == null) {
            return call.fail("arguments required");
        }
        CopyWords words;
        try {
            words = CopyWords.parse(text);
        } catch (CopyWords.Unreadable e) {
            shell.messages().error(e.text());
            return Outcome.FAILED;
        }
        try {
            return Outcome.of(words.isFrom() ? in(shell, words) : out(shell, words));
        } catch (FileSystemException e) {
            shell.messages().error(words.file() + ": " + FileLines.reason(e));
            return Outcome.FAILED;
        }
    }

    private static boolean in(Shell shell, CopyWords words) throws IOException {
        String file = words.file();
        if (file == null) {
            return send(shell, words, CopyEnd.ofScript());
        }
        if (words.isProgram()) {
            try (InputStream in = shell.programs().from(file)) {
                return send(shell, words, CopyEnd.from(in, CopyEnd.UNKNOWN));
            }
        }
        Path path = readable(shell, file);
        try (InputStream in = Files.newInputStream(path)) {
            return send(shell, words, CopyEnd.from(in, Files.isRegularFile(path) ? Files.size(path) : CopyEnd.UNKNOWN));
        }
    }

    private static boolean out(Shell shell, CopyWords words) throws IOException {
        String file = words.file();
        if (file == null) {
            return send(shell, words, words.isPsqls() ? CopyEnd.silently(shell.out()) : CopyEnd.ofScript());
        }
        if (words.isProgram()) {
            try (OutputStream out =
                    shell.programs().into(file, shell.out(), shell.messages().errorStream())) {
                return send(shell, words, CopyEnd.to(out));
            }
        }
        try (OutputStream out = Files.newOutputStream(readable(shell, file))) {
            return send(shell, words, CopyEnd.to(out));
        }
    }

    private static boolean send(Shell shell, CopyWords words, CopyEnd end) {
        shell.delivery().copy(end);
        return shell.run(words.sql());
    }

    private static Path readable(Shell shell, String file) throws FileSystemException {
        Path path = shell.programs().path(file);
        if (Files.isDirectory(path)) {
            throw new FileSystemException(file, null, "cannot copy from/to a directory");
        }
        return path;
    }
}
