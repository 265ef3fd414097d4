package dev.pgwire.console.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.console.command.MetaCommands;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.shell.Shell;
import dev.pgwire.console.system.Messages;
import dev.pgwire.console.system.Programs;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jspecify.annotations.Nullable;

/** A person at a terminal, whose keys are all pressed in advance. */
final class Typing {
    private final Path directory;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Map<String, String> environment = new TreeMap<>(System.getenv());
    private final String dsn;
    private Size size = Size.of(160, 1000);
    private String interruptAt = "nothing";

    Typing(Path directory) {
        this(directory, TestServer.shared().dsn());
    }

    Typing(Path directory, String dsn) {
        this.directory = directory;
        this.dsn = dsn;
    }

    /** Has Ctrl-C pressed when this text is seen. */
    void interruptAt(String text) {
        interruptAt = text;
    }

    void environment(String name, String value) {
        environment.put(name, value);
    }

    void size(int columns, int lines) {
        size = Size.of(columns, lines);
    }

    /** Presses the keys; what was printed besides the prompts. */
    String run(String keys) throws IOException {
        Screen screen = new Screen();
        PrintStream out = new PrintStream(screen, false, UTF_8);
        try (Connection connection = Postgres.connect(dsn);
                Terminal terminal = new ExternalTerminal(
                        "test",
                        "xterm",
                        new ByteArrayInputStream(keys.replace('\n', '\r').getBytes(UTF_8)),
                        shown,
                        UTF_8)) {
            terminal.setSize(size);
            screen.terminal = terminal;
            Messages messages = new Messages(out, new PrintStream(err, true, UTF_8));
            messages.areSeen(true);
            Shell shell = new Shell(
                    connection,
                    out,
                    messages,
                    Layout.DEFAULT,
                    new Programs(environment, directory, false),
                    new MetaCommands(),
                    new NoAnswers());
            Interactive.run(shell, terminal, directory.resolve("history"));
        }
        out.flush();
        return screen.toString(UTF_8);
    }

    String errors() {
        return err.toString(UTF_8);
    }

    /** The prompts, and the keys. */
    String shown() {
        return shown.toString(UTF_8);
    }

    List<String> history() throws IOException {
        return Files.readAllLines(directory.resolve("history")).stream()
                .map(line -> line.substring(line.indexOf(':') + 1))
                .toList();
    }

    /** Where Ctrl-C is pressed when a certain text is seen. */
    private final class Screen extends ByteArrayOutputStream {
        private @Nullable Terminal terminal;

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (new String(bytes, offset, length, UTF_8).contains(interruptAt) && terminal != null) {
                interruptAt = "nothing";
                terminal.raise(Terminal.Signal.INT);
            }
        }
    }
}
