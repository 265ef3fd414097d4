package dev.pgwire.console.shell;

import dev.pgwire.Connection;
import dev.pgwire.console.input.CommandArguments;
import dev.pgwire.console.input.SpecialVariables;
import dev.pgwire.console.input.Variables;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.system.Messages;
import dev.pgwire.console.system.PrintoutInterrupted;
import dev.pgwire.console.system.Programs;
import dev.pgwire.console.system.ResultOutput;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.Diagnostic;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** The state of a console: its connection, where it prints and how, its variables. What runs SQL is {@link #statements}. */
public final class Shell {
    private final PrintStream out;
    private final Messages messages;
    private final Programs programs;
    private final CommandSet commands;
    private ScriptInput input;
    private final Variables variables = new Variables();
    private final Statements statements;
    private final ResultOutput results;
    private final Notifications notifications;
    private Connection connection;
    private Layout layout;
    private Delivery delivery = new Delivery();
    private boolean timing;
    private Script.@Nullable Lines lines;
    private @Nullable Failure lastFailure;
    private @Nullable String restriction;

    public Shell(
            Connection connection,
            PrintStream out,
            Messages messages,
            Layout layout,
            Programs programs,
            CommandSet commands,
            ScriptInput input) {
        this.connection = connection;
        this.out = out;
        this.messages = messages;
        this.layout = layout;
        this.programs = programs;
        this.commands = commands;
        this.input = input;
        this.results = new ResultOutput(out, programs, messages);
        this.statements = new Statements(this);
        this.notifications = new Notifications(this);
        SpecialVariables.initialize(variables);
        use(connection);
    }

    /** Goes on with another connection; the one before it is closed by the caller. */
    public void use(Connection newConnection) {
        connection = newConnection;
        connection.onNotice(this::tell);
        ConnectionVariables.set(this);
    }

    private void tell(Diagnostic notice) {
        messages.report(ErrorText.of(notice, statements.running(), false, variables));
    }

    public Connection connection() {
        return connection;
    }

    /** Standard output. */
    public PrintStream out() {
        return out;
    }

    /** Where results go: standard output, or what {@code \o} named. */
    public ResultOutput results() {
        return results;
    }

    public Messages messages() {
        return messages;
    }

    public Variables variables() {
        return variables;
    }

    public Programs programs() {
        return programs;
    }

    public Statements statements() {
        return statements;
    }

    public Notifications notifications() {
        return notifications;
    }

    /** What the script that is read has not been asked for yet: data of a COPY, answers to {@code \prompt}. */
    public ScriptInput input() {
        return input;
    }

    /** Goes on with another input. */
    public void input(ScriptInput newInput) {
        input = newInput;
    }

    /** The lines that are being read, of which a COPY takes its data; those before them. */
    Script.@Nullable Lines lines(Script.@Nullable Lines newLines) {
        Script.Lines before = lines;
        lines = newLines;
        return before;
    }

    public Script.@Nullable Lines lines() {
        return lines;
    }

    /** What stands behind a backslash. */
    public CommandArguments arguments(String text) {
        return new CommandArguments(
                text, variables, command -> programs.backquoted(command, messages), messages::error);
    }

    public CommandSet commands() {
        return commands;
    }

    public Layout layout() {
        return layout;
    }

    public void layout(Layout newLayout) {
        layout = newLayout;
    }

    /** What becomes of the next statement's results. */
    public Delivery delivery() {
        return delivery;
    }

    Delivery takeDelivery() {
        Delivery taken = delivery;
        delivery = new Delivery();
        return taken;
    }

    /** Whether a backslash in plain quotes is a backslash, which the session can change at any time. */
    boolean hasStandardStrings() {
        return !"off".equals(connection.parameter("standard_conforming_strings"));
    }

    public boolean isQuiet() {
        return variables.isOn("QUIET");
    }

    public boolean isTiming() {
        return timing;
    }

    public void timing(boolean newTiming) {
        timing = newTiming;
    }

    /** Prints a line that tells what a command has done, unless the console is to be quiet. */
    public void confirm(String text) {
        if (!isQuiet()) {
            out.append(text).append('\n');
        }
    }

    /** Whether a variable of psql has a certain word for its value. */
    boolean isSet(String name, String word) {
        return word.equalsIgnoreCase(variables.get(name));
    }

    /** Sets a variable. False, and a message, for a value that psql does not take. */
    public boolean set(String name, String given) {
        String value = SpecialVariables.kept(name, given);
        String error = SpecialVariables.error(name, value);
        if (error != null) {
            messages.error(error);
            return false;
        }
        variables.set(name, value);
        return true;
    }

    /** Forgets a variable; one that psql obeys is set back. */
    public void unset(String name) {
        String value = SpecialVariables.keptWhenUnset(name);
        if (value == null) {
            variables.unset(name);
        } else {
            variables.set(name, value);
        }
    }

    /** Sends a string, of one statement or several, and prints every result. False if there was an error. */
    public boolean run(String sql) {
        return statements.send(sql);
    }

    /** What the server said against the last statement that failed. */
    public @Nullable String lastError() {
        Failure failure = lastFailure;
        return failure == null ? null : ErrorText.verbose(failure.said(), failure.sql());
    }

    public boolean isRestricted() {
        return restriction != null;
    }

    /** Refuses all commands until the key comes again: what lies between is a dump, which needs none. */
    public void restrict(String key) {
        restriction = key;
    }

    /** Allows them again; what is wrong with the key, or null. */
    public @Nullable String unrestrict(String key) {
        if (restriction == null) {
            return "not currently in restricted mode";
        }
        if (!restriction.equals(key)) {
            return "wrong key";
        }
        restriction = null;
        return null;
    }

    /** Whether there is no going on, which is then told. */
    public boolean hasLostConnection() {
        boolean lost = connection.isClosed();
        if (lost) {
            messages.error("connection to server was lost");
        }
        return lost;
    }

    /** Does something with the connection and tells of the error if there is one. */
    public boolean attempt(Runnable action) {
        try {
            action.run();
            return true;
        } catch (PgException e) {
            tell(e);
        } catch (PrintoutInterrupted e) {
            out.append('\n');
            Thread.currentThread().interrupt();
        }
        return false;
    }

    void tell(PgException failure) {
        if (failure instanceof DatabaseException error && error.diagnostic() != null) {
            lastFailure = new Failure(error.diagnostic(), error.sql());
            messages.report(ErrorText.of(error.diagnostic(), error.sql(), true, variables));
        } else if (failure instanceof DatabaseException error) {
            messages.report(error.report());
        } else {
            messages.error(String.valueOf(failure.getMessage()));
        }
    }

    /** The rows of a query of the console's own. */
    public Table query(String sql) {
        return statements.query(sql);
    }

    /** Prints what a command found out, without what {@code \pset} says about the user's own results. */
    public void print(Table table) {
        results.print(table, layout);
    }

    private record Failure(Diagnostic said, @Nullable String sql) {}
}
