package dev.pgwire.console;

import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The prompt: line editing, history, Ctrl-C. */
final class Interactive {
    private static final String HISTORY = ".pgwire_history";

    private Interactive() {}

    static int run(Shell shell) throws IOException {
        // stty does what is needed here, and unlike the native providers it starts without a warning of the JVM.
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).provider("exec").build()) {
            Thread runner = Thread.currentThread();
            terminal.handle(Terminal.Signal.INT, signal -> runner.interrupt());
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("pgwire")
                    .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), HISTORY))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            shell.out().append("PostgreSQL " + shell.connection().serverVersion() + ". \\? helps, \\q quits.\n\n");
            return new Script(shell, prompt -> next(shell, reader, prompt), true).run();
        }
    }

    private static @Nullable String next(Shell shell, LineReader reader, String prompt)
            throws Script.Lines.Interrupted {
        // A Ctrl-C that came too late for its statement must not stop the next one.
        Thread.interrupted();
        shell.layout(
                shell.layout().withTerminalWidth(reader.getTerminal().getSize().getColumns()));
        try {
            return reader.readLine(prompt);
        } catch (UserInterruptException e) {
            throw new Script.Lines.Interrupted();
        } catch (EndOfFileException e) {
            return null;
        }
    }
}
