package dev.pgwire.console.shell;

import dev.pgwire.console.input.BackslashCommand;
import dev.pgwire.console.input.StatementScanner;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.output.RawText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads lines, from wherever they come, and runs the statements and commands in them. */
public final class Script {
    static final int UNREADABLE = 1;
    public static final int LOST_CONNECTION = 2;
    public static final int STOPPED_BY_ERROR = 3;

    private final Shell shell;
    private final Lines lines;
    private final boolean interactive;
    private final StatementScanner scanner;
    private final StringBuilder statement = new StringBuilder();
    private final StringBuilder entry = new StringBuilder();
    private String previous = "";
    private boolean ended;

    Script(Shell shell, Lines lines, boolean interactive) {
        this.shell = shell;
        this.lines = lines;
        this.interactive = interactive;
        this.scanner = new StatementScanner(shell.variables(), shell::hasStandardStrings);
    }

    /** Runs a file. The place of its errors is told as {@code name:line}, unless there is no name. */
    public static int run(Shell shell, Lines lines, @Nullable String name) throws IOException, EndOfScript {
        Messages messages = shell.messages();
        String outerFile = messages.file();
        int outerLine = messages.line();
        messages.at(name, 0);
        try {
            return new Script(shell, lines, false).run();
        } finally {
            messages.at(outerFile, outerLine);
        }
    }

    /**
     * Runs to the end of the lines; the exit status of psql.
     *
     * @throws EndOfScript if nothing more is to be run, here and in the files that name this one. On a terminal only what was
     *     entered with it is dropped.
     */
    int run() throws IOException, EndOfScript {
        Messages messages = shell.messages();
        String file = messages.file();
        int number = 0;
        while (!ended) {
            shell.out().flush();
            String line;
            try {
                line = nextLine();
            } catch (IOException e) {
                messages.error("could not read from input file: " + e.getMessage());
                return UNREADABLE;
            }
            if (line == null) {
                break;
            }
            number++;
            messages.at(file, number);
            if (number == 1 && line.startsWith("\uFEFF")) {
                line = line.substring(1);
            }
            if (line.isEmpty() && !scanner.inQuotes() || isWordForTheConsole(line)) {
                continue;
            }
            entry.append(entry.isEmpty() ? "" : "\n").append(line);
            if (!goesOnAfter(line)) {
                return STOPPED_BY_ERROR;
            }
            if (shell.hasLostConnection()) {
                return LOST_CONNECTION;
            }
        }
        remember();
        boolean success = interactive || ended || statement.isEmpty() || shell.run(statement.toString());
        return success || !shell.variables().isOn("ON_ERROR_STOP") ? 0 : STOPPED_BY_ERROR;
    }

    private @Nullable String nextLine() throws IOException {
        try {
            return lines.next(interactive ? Prompt.of(shell.connection(), scanner.prompt(!statement.isEmpty())) : "");
        } catch (Lines.Interrupted e) {
            statement.setLength(0);
            entry.setLength(0);
            scanner.reset();
            return "";
        }
    }

    private boolean goesOnAfter(String line) throws IOException, EndOfScript {
        try {
            boolean stops = shell.variables().isOn("ON_ERROR_STOP");
            // A Ctrl-C stops the files that the terminal has named; the terminal itself goes on.
            return process(line, stops)
                    && (interactive || !Thread.currentThread().isInterrupted());
        } catch (EndOfScript e) {
            if (!interactive) {
                throw e;
            }
            lines.drop();
            return true;
        }
    }

    /** All lines up to the one that runs something are one entry of the history, as in psql. */
    private void remember() {
        if (!entry.toString().isBlank()) {
            lines.ran(entry.toString());
        }
        entry.setLength(0);
    }

    /** Whether to go on. */
    private boolean process(String line, boolean stops) throws IOException, EndOfScript {
        boolean added = !statement.isEmpty();
        if (added) {
            statement.append('\n');
        }
        int length = statement.length();
        scanner.line(line);
        while (!ended) {
            boolean success = true;
            StatementScanner.Stop stop = scanner.scan(statement);
            if (stop != StatementScanner.Stop.END_OF_LINE) {
                remember();
            }
            switch (stop) {
                case END_OF_LINE -> {
                    return true;
                }
                case SEMICOLON -> success = send();
                case BACKSLASH -> {
                    if (added && statement.length() == length) {
                        statement.setLength(length - 1);
                    }
                    success = command();
                }
            }
            added = false;
            if (!success && stops) {
                return false;
            }
            if (Thread.currentThread().isInterrupted()) {
                return true;
            }
        }
        return true;
    }

    private boolean send() throws EndOfScript {
        previous = statement.toString();
        statement.setLength(0);
        return shell.run(previous);
    }

    private boolean command() throws IOException, EndOfScript {
        String rest = scanner.rest();
        BackslashCommand command = BackslashCommand.parse(rest, shell.variables());
        scanner.skip(command.length());
        if (!new Commands(shell, interactive).allows(command)) {
            scanner.line("");
            return false;
        }
        switch (command.name()) {
            case "q", "quit" -> ended = true;
            case "r", "reset" -> forget();
            case "p", "print" -> tellStatement();
            case "g", "gx" -> {
                return execute(command.name().equals("gx"));
            }
            default -> {
                return run(command);
            }
        }
        Commands.warnOfExtraArguments(command, shell.messages());
        return true;
    }

    private boolean run(BackslashCommand command) throws IOException, EndOfScript {
        boolean success = new Commands(shell, interactive).run(command) == Commands.Outcome.DONE;
        if (!success) {
            // The rest of the line cannot be trusted either.
            scanner.line("");
        }
        return success;
    }

    private void forget() {
        statement.setLength(0);
        scanner.reset();
        tell("Query buffer reset (cleared).");
    }

    private void tellStatement() {
        String text = statement.isEmpty() ? previous : statement.toString();
        tell(text.isEmpty() ? "Query buffer is empty." : text);
    }

    private boolean execute(boolean expanded) throws EndOfScript {
        if (statement.isEmpty()) {
            statement.append(previous);
        }
        scanner.reset();
        Layout layout = shell.layout();
        shell.layout(expanded ? layout.with(Layout.Expanded.ON) : layout);
        try {
            return statement.isEmpty() || send();
        } finally {
            shell.layout(layout);
        }
    }

    private void tell(String text) {
        if (!shell.isQuiet()) {
            RawText.print(shell.out(), text + "\n");
        }
    }

    /** On a terminal, as the first word, people mean us and not the server. */
    private boolean isWordForTheConsole(String line) {
        if (!interactive || !statement.isEmpty()) {
            return false;
        }
        switch (line.strip().replaceFirst("\\s*;$", "")) {
            case "exit", "quit" -> ended = true;
            case "help" -> shell.out().append(Commands.HELP);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Where the lines come from. */
    public interface Lines {
        /** Lines have run something; they were the first since the last call, without the end of the last one. */
        default void ran(String text) {}

        /** Forgets what was entered together with the last line and has not been asked for. */
        default void drop() {}

        /** The next line without its end; null at the end of the input. */
        @Nullable
        String next(String prompt) throws IOException, Interrupted;

        /** Ctrl-C at the prompt. */
        final class Interrupted extends Exception {
            private static final long serialVersionUID = 1L;
        }
    }
}
