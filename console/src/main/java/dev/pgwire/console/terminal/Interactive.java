package dev.pgwire.console.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.console.shell.Script;
import dev.pgwire.console.shell.ScriptInput;
import dev.pgwire.console.shell.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The prompt: line editing, a history of whole statements, Ctrl-C. */
public final class Interactive implements Script.Lines, ScriptInput {
    private static final String HISTORY = ".pgwire_history";

    /** What is shown of a character that must not be seen. */
    private static final Character NOTHING = (char) 0;

    private final Shell shell;
    private final LineReader reader;
    private final Completion completion;
    private final Deque<String> entered = new ArrayDeque<>();

    private Interactive(Shell shell, LineReader reader, Completion completion) {
        this.shell = shell;
        this.reader = reader;
        this.completion = completion;
    }

    public static int run(Shell shell) throws IOException {
        // stty does what is needed here, and unlike the native providers it starts without a warning of the JVM.
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).provider("exec").build()) {
            return run(shell, terminal, Path.of(System.getProperty("user.home"), HISTORY));
        }
    }

    static int run(Shell shell, Terminal terminal, Path history) throws IOException {
        Thread runner = Thread.currentThread();
        terminal.handle(Terminal.Signal.INT, signal -> runner.interrupt());
        Completion completion = new Completion(shell);
        LineReader reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("pgwire")
                .variable(LineReader.HISTORY_FILE, history)
                // Lines are remembered when they have run something.
                .variable(LineReader.DISABLE_HISTORY, true)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                // As psql, which has HISTCONTROL for it.
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, false)
                .option(LineReader.Option.HISTORY_IGNORE_DUPS, false)
                .option(LineReader.Option.HISTORY_REDUCE_BLANKS, false)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .parser(new WordAtCursor())
                .completer(completion)
                .build();
        shell.out().append("PostgreSQL " + shell.connection().serverVersion() + ". \\? helps, \\q quits.\n\n");
        try {
            Interactive interactive = new Interactive(shell, reader, completion);
            shell.input(interactive);
            return Script.runTyped(shell, interactive);
        } finally {
            shell.results().close();
        }
    }

    @Override
    public @Nullable String next(String prompt) throws Interrupted {
        // A Ctrl-C that came too late for its statement must not stop the next one.
        if (Thread.interrupted()) {
            drop();
        }
        Size size = reader.getTerminal().getSize();
        shell.layout(
                shell.layout().but().terminal(size.getColumns(), size.getRows()).build());
        if (entered.isEmpty()) {
            try {
                completion.goesOn(true);
                // Several lines at once, when they are pasted or come from the history.
                entered.addAll(List.of(reader.readLine(prompt).split("\n", -1)));
            } catch (UserInterruptException e) {
                throw new Interrupted();
            } catch (EndOfFileException e) {
                return null;
            } finally {
                completion.goesOn(false);
            }
        }
        return entered.removeFirst();
    }

    /** Data of a COPY, which are typed behind a prompt of their own. */
    @Override
    public byte @Nullable [] data() {
        try {
            String line = entered.isEmpty() ? reader.readLine(dataPrompt()) : entered.removeFirst();
            return line.getBytes(UTF_8);
        } catch (UserInterruptException | EndOfFileException e) {
            return null;
        }
    }

    private String dataPrompt() {
        String prompt = shell.variables().get("PROMPT3");
        return prompt == null ? "" : prompt;
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    @Override
    public List<String> history() {
        List<String> entries = new ArrayList<>();
        reader.getHistory().forEach(entry -> entries.add(entry.line()));
        return entries;
    }

    @Override
    public @Nullable String answer(String question) {
        return read(question, null);
    }

    @Override
    public @Nullable String typed(String question) {
        return read(question, null);
    }

    @Override
    public @Nullable String secret(String question) {
        return read(question, NOTHING);
    }

    private @Nullable String read(String question, @Nullable Character mask) {
        try {
            return reader.readLine(question, mask);
        } catch (UserInterruptException | EndOfFileException e) {
            return null;
        }
    }

    @Override
    public void follows(CharSequence statement) {
        completion.follows(statement.toString());
    }

    @Override
    public void ran(String text) {
        if (isLeftOut(text)) {
            return;
        }
        reader.setVariable(LineReader.DISABLE_HISTORY, false);
        reader.getHistory().add(text);
        reader.setVariable(LineReader.DISABLE_HISTORY, true);
    }

    private boolean isLeftOut(String text) {
        String control = String.valueOf(shell.variables().get("HISTCONTROL")).toLowerCase(Locale.ROOT);
        boolean both = control.equals("ignoreboth");
        List<String> before = history();
        boolean again = !before.isEmpty() && before.get(before.size() - 1).equals(text);
        return (both || control.equals("ignorespace")) && text.startsWith(" ")
                || (both || control.equals("ignoredups")) && again;
    }

    @Override
    public void drop() {
        entered.clear();
    }
}
