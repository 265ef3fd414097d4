package dev.pgwire.console.shell;

import dev.pgwire.console.input.CommandArguments;
import dev.pgwire.console.input.Conditions;
import dev.pgwire.console.input.StatementScanner;
import dev.pgwire.console.output.RawText;
import dev.pgwire.console.system.Messages;
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
    private final Conditions conditions = new Conditions();
    private final StatementScanner scanner;
    private final Buffer buffer;
    private final StringBuilder entry = new StringBuilder();
    private boolean ended;

    private Script(Shell shell, Lines lines, boolean interactive) {
        this.shell = shell;
        this.lines = lines;
        this.interactive = interactive;
        this.scanner = new StatementScanner(shell.variables(), shell::hasStandardStrings, conditions::isActive);
        this.buffer = new Buffer(scanner);
    }

    /** Runs a file. The place of its errors is told as {@code name:line}, unless there is no name. */
    public static int run(Shell shell, Lines lines, @Nullable String name) throws IOException {
        Messages messages = shell.messages();
        String outerFile = messages.file();
        int outerLine = messages.line();
        Lines outer = shell.lines(lines);
        messages.at(name, 0);
        try {
            return new Script(shell, lines, false).run();
        } finally {
            messages.at(outerFile, outerLine);
            shell.lines(outer);
        }
    }

    /** Runs what is typed; the exit status. */
    public static int runTyped(Shell shell, Lines lines) throws IOException {
        return new Script(shell, lines, true).run();
    }

    /** Runs to the end of the lines; the exit status of psql. */
    int run() throws IOException {
        Messages messages = shell.messages();
        String file = messages.file();
        int number = 0;
        boolean quit = false;
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
            number += 1 + lines.skipped();
            messages.at(file, number);
            if (number == 1 && line.startsWith("\uFEFF")) {
                line = line.substring(1);
            }
            if (line.isEmpty() && !scanner.inQuotes() || isWordForTheConsole(line)) {
                continue;
            }
            if (!interactive && shell.isSet("ECHO", "all")) {
                RawText.print(shell.out(), line + "\n");
                shell.out().flush();
            }
            entry.append(entry.isEmpty() ? "" : "\n").append(line);
            // A Ctrl-C stops the files that the terminal has named; the terminal itself goes on.
            boolean goesOn = process(line, shell.variables().isOn("ON_ERROR_STOP"))
                    && (interactive || !Thread.currentThread().isInterrupted());
            if (!goesOn) {
                return STOPPED_BY_ERROR;
            }
            quit = ended;
            if (!quit && shell.hasLostConnection()) {
                return LOST_CONNECTION;
            }
        }
        remember();
        return finish(quit);
    }

    /** Sends what has no semicolon. */
    private int finish(boolean quit) {
        boolean success = true;
        if (!interactive && !quit && !buffer.statement().isEmpty() && conditions.isActive()) {
            success = shell.run(buffer.statement().toString());
        }
        if (!quit && !conditions.isEmpty()) {
            shell.messages().error("reached EOF without finding closing \\endif(s)");
            success &= interactive;
        }
        return success || !shell.variables().isOn("ON_ERROR_STOP") ? 0 : STOPPED_BY_ERROR;
    }

    private @Nullable String nextLine() throws IOException {
        try {
            boolean inStatement = !buffer.statement().isEmpty();
            char state = conditions.isActive() ? scanner.prompt(inStatement) : '@';
            lines.follows(buffer.statement());
            return lines.next(interactive ? Prompt.of(shell, state, inStatement) : "");
        } catch (Lines.Interrupted e) {
            buffer.reset();
            entry.setLength(0);
            if (!conditions.isEmpty()) {
                shell.messages().error("\\if: escaped");
                conditions.close();
            }
            return "";
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
    private boolean process(String line, boolean stops) throws IOException {
        StringBuilder statement = buffer.statement();
        boolean added = !statement.isEmpty();
        if (added) {
            statement.append('\n');
        }
        int length = statement.length();
        scanner.line(line);
        while (!ended) {
            boolean success = true;
            StatementScanner.Stop stop = scanner.scan(statement);
            boolean isSent = stop == StatementScanner.Stop.SEMICOLON
                    || stop == StatementScanner.Stop.END_OF_LINE
                            && shell.variables().isOn("SINGLELINE")
                            && !statement.isEmpty();
            if (isSent || stop != StatementScanner.Stop.END_OF_LINE) {
                remember();
            }
            if (isSent) {
                success = send();
            } else if (stop == StatementScanner.Stop.BACKSLASH) {
                if (added && statement.length() == length) {
                    statement.setLength(length - 1);
                }
                success = command();
            }
            added = false;
            if (!success && stops) {
                return false;
            }
            if (stop == StatementScanner.Stop.END_OF_LINE
                    || Thread.currentThread().isInterrupted()) {
                return true;
            }
        }
        return true;
    }

    private boolean send() {
        if (!conditions.isActive()) {
            if (interactive) {
                shell.messages().error("query ignored; use \\endif or Ctrl-C to exit current \\if block");
            }
            return true;
        }
        return shell.run(buffer.take());
    }

    private boolean command() throws IOException {
        CommandArguments arguments = shell.arguments(scanner.rest());
        Call.Outcome outcome = shell.commands().run(new Call(shell, arguments, buffer, conditions, interactive));
        scanner.skip(arguments.end());
        switch (outcome) {
            case SEND -> {
                scanner.reset();
                return shell.run(buffer.take());
            }
            case EDITED -> readAgain();
            case QUIT -> ended = true;
            default -> {
                return outcome != Call.Outcome.FAILED;
            }
        }
        return true;
    }

    /** What an editor has left is read as if it had been typed. */
    private void readAgain() {
        String text = buffer.statement().toString();
        buffer.reset();
        scanner.line(text.endsWith("\n") ? text : text + "\n");
        if (interactive) {
            RawText.print(shell.out(), text.stripTrailing() + "\n");
        }
    }

    /** On a terminal, as the first word, people mean us and not the server. */
    private boolean isWordForTheConsole(String line) {
        if (!interactive || !buffer.statement().isEmpty()) {
            return false;
        }
        switch (line.strip().replaceFirst("\\s*;$", "")) {
            case "exit", "quit" -> ended = true;
            case "help" ->
                shell.out()
                        .append(
                                "Type:  \\h for help with SQL commands\n       \\? for help with the console's commands\n"
                                        + "       \\g or terminate with semicolon to execute query\n       \\q to quit\n");
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

        /** The statement that the next line goes on with; empty if it begins one. */
        default void follows(CharSequence statement) {}

        /** Forgets what was entered together with the last line and has not been asked for. */
        default void drop() {}

        /** How many lines were taken by others since the last call, as data. */
        default int skipped() {
            return 0;
        }

        /** The next line as bytes without its end, which is data and is not run; null at the end of the input. */
        default byte @Nullable [] data() throws IOException {
            return null;
        }

        /** The next line without its end; null at the end of the input. */
        @Nullable
        String next(String prompt) throws IOException, Interrupted;

        /** Ctrl-C at the prompt. */
        final class Interrupted extends Exception {
            private static final long serialVersionUID = 1L;
        }
    }
}
