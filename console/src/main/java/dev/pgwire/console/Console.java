package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.config.Setting;
import dev.pgwire.console.doctor.Doctor;
import dev.pgwire.console.input.BackslashCommand;
import dev.pgwire.console.input.SpecialVariables;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.output.Output;
import dev.pgwire.console.output.RawText;
import dev.pgwire.console.output.TraceFile;
import dev.pgwire.console.shell.ClientEncoding;
import dev.pgwire.console.shell.Commands;
import dev.pgwire.console.shell.EndOfScript;
import dev.pgwire.console.shell.FileLines;
import dev.pgwire.console.shell.Interactive;
import dev.pgwire.console.shell.Messages;
import dev.pgwire.console.shell.Script;
import dev.pgwire.console.shell.Shell;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program behind {@code ./pgwire}: reads the command line and does what it says. */
@Command(
        name = "pgwire",
        sortOptions = false,
        description = {
            "A console in the manner of psql, on the pgwire driver.",
            "Without a DSN it starts an embedded PostgreSQL with a small table \"users\" and shows the driver at work."
        })
public final class Console implements Runnable {
    private static final int FAILURE = 1;
    private static final int NO_CONNECTION = 2;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DSN",
            description = "\"host=... dbname=...\" or \"postgresql://user@host/dbname\"")
    private @Nullable String dsn;

    @ArgGroup(exclusive = true, multiplicity = "0..*")
    private List<Action> actions = new ArrayList<>();

    @Option(
            names = {"-t", "--tuples-only"},
            description = "print rows only")
    private boolean tuplesOnly;

    @Option(
            names = {"-x", "--expanded"},
            description = "print a row per column")
    private boolean expanded;

    @Option(
            names = {"-F", "--field-separator"},
            paramLabel = "STRING",
            description = "between unaligned values (default: |)")
    private String separator = "|";

    @Option(
            names = {"-q", "--quiet"},
            description = "print results only, no command tags")
    private boolean quiet;

    @Option(
            names = {"-X", "--no-psqlrc"},
            description = "does nothing: there is no startup file")
    private boolean noStartupFile;

    @Option(
            names = {"-v", "--set", "--variable"},
            paramLabel = "NAME=VALUE",
            description = "set a variable, such as ON_ERROR_STOP=1; unset it without =",
            mapFallbackValue = Option.NULL_VALUE)
    private Map<String, @Nullable String> variables = Map.of();

    @Option(names = "--trace", paramLabel = "FILE", description = "write the wire trace of the session, as libpq does")
    private @Nullable Path trace;

    @Option(names = "--explain-config", description = "print what each keyword is set to and why, and do not connect")
    private boolean explainConfig;

    @Option(
            names = "--doctor",
            description = "connect, and print of each step what was found, its time, and what to change if it failed")
    private boolean doctor;

    @Option(
            names = {"-?", "--help"},
            usageHelp = true,
            order = 1,
            description = "print this")
    private boolean help;

    private Layout.Format format = Layout.Format.ALIGNED;
    private final PrintStream out;
    private final PrintStream err;
    private final Input in;
    private int exitStatus;
    private boolean closed;

    private Console(PrintStream out, PrintStream err, Input in) {
        this.out = out;
        this.err = err;
        this.in = in;
    }

    public static void main(String... args) {
        PrintStream out = Output.to(new FileOutputStream(FileDescriptor.out));
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), false, UTF_8);
        int exitStatus = run(out, err, Input.ofThisProcess(), Arguments.ofThisProcess(args));
        err.flush();
        System.exit(exitStatus);
    }

    // Of two formats the later one counts, so these are methods: they are called in the order of the command line.
    @Option(names = "--csv", description = "print CSV")
    void csv(boolean on) {
        format = on ? Layout.Format.CSV : format;
    }

    @Option(
            names = {"-A", "--no-align"},
            description = "print unaligned")
    void unaligned(boolean on) {
        format = on ? Layout.Format.UNALIGNED : format;
    }

    static int run(PrintStream out, PrintStream err, Input in, String... args) {
        Console console = new Console(out, err, in);
        // Picocli would print the stack when the output is closed.
        StringWriter help = new StringWriter();
        int usage = new CommandLine(console)
                .setOut(new PrintWriter(help))
                .setErr(new PrintWriter(err, true, UTF_8))
                .execute(args);
        console.unlessClosed(() -> {
            out.append(help.toString());
            out.flush();
        });
        return usage != 0 ? usage : console.exitStatus;
    }

    @Override
    public void run() {
        unlessClosed(() -> exitStatus = perform());
    }

    /** Does something that prints, as long as what is printed goes anywhere. */
    private void unlessClosed(Runnable action) {
        if (closed) {
            return;
        }
        try {
            action.run();
        } catch (Output.Closed e) {
            closed = true;
            exitStatus = e.exitStatus();
            if (!e.isPipe()) {
                err.println("pgwire: error: could not write to standard output: " + e.reason());
            }
        }
    }

    private int perform() {
        String where = dsn == null ? "" : dsn;
        if (RawText.invalid(where) != null) {
            return fail("the connection string is no UTF-8", NO_CONNECTION);
        }
        if (explainConfig) {
            return explainConfig(where);
        }
        if (doctor) {
            return examine(where);
        }
        return dsn == null ? onEmbedded() : on(dsn, null);
    }

    private int explainConfig(String dsn) {
        try {
            for (Setting setting : Config.parse(dsn).explain()) {
                out.append(setting.keyword() + "=" + setting.value() + "\t" + setting.source() + "\n");
            }
            return 0;
        } catch (PgException e) {
            return fail(String.valueOf(e.getMessage()), NO_CONNECTION);
        }
    }

    private int examine(String dsn) {
        try (TraceFile file = TraceFile.open(trace)) {
            return new Doctor(out, file).examine(dsn);
        } catch (IOException e) {
            return fail(String.valueOf(e.getMessage()), FAILURE);
        }
    }

    private int onEmbedded() {
        try (Demo demo = Demo.start()) {
            return on(demo.dsn(), demo);
        } catch (IllegalStateException | PgException e) {
            return fail(String.valueOf(e.getMessage()), NO_CONNECTION);
        }
    }

    private int on(String where, @Nullable Demo demo) {
        try (TraceFile file = TraceFile.open(trace)) {
            Config config = config(where);
            String refusal = ClientEncoding.refusal(config);
            if (refusal != null) {
                return fail(refusal, NO_CONNECTION);
            }
            try (Connection connection = Postgres.connect(file.traced(config))) {
                return on(connection, demo);
            }
        } catch (DatabaseException e) {
            return fail(e.diagnostic() == null ? String.valueOf(e.getMessage()) : e.report(), NO_CONNECTION);
        } catch (PgException | IOException e) {
            return fail(String.valueOf(e.getMessage()), NO_CONNECTION);
        }
    }

    /** What the server writes is shown as it is: its style of dates is the user's, as with psql. */
    private static Config config(String where) {
        return Config.parse(where).toBuilder().keepDateStyle().build();
    }

    private int on(Connection connection, @Nullable Demo demo) throws IOException {
        Shell shell = new Shell(connection, out, new Messages(out, err), layout());
        shell.quiet(quiet);
        String wrong = set(shell);
        if (wrong != null) {
            return fail(wrong, FAILURE);
        }
        if (!actions.isEmpty()) {
            return perform(shell);
        }
        if (demo != null && !in.isWaiting()) {
            demo.show(out);
        }
        return in.isInteractive() ? Interactive.run(shell) : standardInput(shell);
    }

    /** Sets the variables of the command line; what is wrong with them, or null. */
    private @Nullable String set(Shell shell) {
        for (Map.Entry<String, @Nullable String> variable : variables.entrySet()) {
            String name = variable.getKey();
            String given = variable.getValue();
            String value = given == null ? SpecialVariables.keptWhenUnset(name) : SpecialVariables.kept(name, given);
            if (value != null) {
                String error = SpecialVariables.error(name, value);
                String unbuilt = error == null ? SpecialVariables.unbuilt(name, value) : error;
                if (unbuilt != null) {
                    return unbuilt;
                }
                shell.keep(name, value);
            }
        }
        return null;
    }

    private int perform(Shell shell) throws IOException {
        int status = 0;
        for (Action action : actions) {
            try {
                status = action.command != null ? command(shell, action.command) : file(shell, action.file);
            } catch (EndOfScript e) {
                return action.command != null ? FAILURE : Script.STOPPED_BY_ERROR;
            }
            if (status != Script.LOST_CONNECTION && shell.hasLostConnection()) {
                return Script.LOST_CONNECTION;
            }
            if (status != 0 && shell.variables().isOn("ON_ERROR_STOP")) {
                break;
            }
        }
        return status;
    }

    private static int command(Shell shell, String command) throws IOException, EndOfScript {
        if (!command.startsWith("\\")) {
            return shell.run(command) ? 0 : FAILURE;
        }
        BackslashCommand parsed = BackslashCommand.parse(command.substring(1), shell.variables());
        boolean done = parsed.name().equals("q") || new Commands(shell, false).run(parsed) == Commands.Outcome.DONE;
        return done ? 0 : FAILURE;
    }

    private int file(Shell shell, String name) throws IOException, EndOfScript {
        if (name.equals("-")) {
            return script(shell, "<stdin>");
        }
        try (FileLines lines = FileLines.open(name)) {
            return Script.run(shell, lines, name);
        } catch (FileSystemException e) {
            return fail(name + ": " + FileLines.reason(e), FAILURE);
        }
    }

    private int standardInput(Shell shell) throws IOException {
        try {
            return script(shell, null);
        } catch (EndOfScript e) {
            return Script.STOPPED_BY_ERROR;
        }
    }

    private int script(Shell shell, @Nullable String name) throws IOException, EndOfScript {
        try (FileLines lines = new FileLines(in.stream())) {
            return Script.run(shell, lines, name);
        }
    }

    private Layout layout() {
        return Layout.DEFAULT
                .with(format)
                .with(expanded ? Layout.Expanded.ON : Layout.Expanded.OFF)
                .withTuplesOnly(tuplesOnly)
                .withSeparator(separator);
    }

    private int fail(String message, int status) {
        out.flush();
        err.println("pgwire: error: " + message);
        return status;
    }

    /** One of the things to do, in the order in which they were given. */
    static final class Action {
        @Option(
                names = {"-c", "--command"},
                paramLabel = "SQL",
                required = true,
                description = "run this, and no terminal; may be given several times")
        private @Nullable String command;

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                required = true,
                description = "run this file; - is standard input")
        private String file = "";
    }
}
