package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.bench.Bench;
import dev.pgwire.config.Config;
import dev.pgwire.config.Setting;
import dev.pgwire.console.command.MetaCommands;
import dev.pgwire.console.doctor.Doctor;
import dev.pgwire.console.output.Output;
import dev.pgwire.console.output.RawText;
import dev.pgwire.console.output.TraceFile;
import dev.pgwire.console.shell.ClientEncoding;
import dev.pgwire.console.shell.Script;
import dev.pgwire.console.shell.Shell;
import dev.pgwire.console.shell.Target;
import dev.pgwire.console.system.Messages;
import dev.pgwire.console.system.Programs;
import dev.pgwire.console.terminal.Interactive;
import dev.pgwire.error.PgException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The program behind {@code ./pgwire}: reads the command line and does what it says. */
@Command(
        name = "pgwire",
        sortOptions = false,
        description = {
            "A console in the manner of psql, on the pgwire driver.",
            "Without a DSN it starts an embedded PostgreSQL with a small table \"users\" and shows the driver at work.",
            "\"pgwire bench\" is a load generator in the manner of pgbench: pgwire bench --help."
        })
public final class Console implements Runnable {
    private static final String VERSION = "0.1.0";
    static final int FAILURE = 1;
    private static final int NO_CONNECTION = 2;
    private static final String BENCH = "bench";

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @ArgGroup(exclusive = true, multiplicity = "0..*")
    private List<Action> actions = new ArrayList<>();

    @Option(
            names = {"-1", "--single-transaction"},
            description = "run all of -c and -f in one transaction")
    private boolean singleTransaction;

    @Option(
            names = {"-l", "--list"},
            description = "list the databases")
    private boolean lists;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "print results there; |COMMAND is a program")
    private @Nullable String output;

    @Mixin
    private OutputOptions look = new OutputOptions();

    @Mixin
    private VariableOptions variables = new VariableOptions();

    @Option(
            names = {"-X", "--no-psqlrc"},
            description = "does nothing: there is no startup file")
    private boolean noStartupFile;

    @Option(
            names = {"-n", "--no-readline"},
            description = "does nothing")
    private boolean noLineEditing;

    @Option(
            names = {"-V", "--version"},
            description = "print the version")
    private boolean version;

    @Option(names = "--trace", paramLabel = "FILE", description = "write the wire trace of the session, as libpq does")
    private @Nullable Path trace;

    @Option(names = "--explain-config", description = "print what each keyword is set to and why, and do not connect")
    private boolean explainConfig;

    @Option(
            names = "--doctor",
            description = "connect, and print of each step what was found, its time, and what to change if it failed")
    private boolean doctor;

    @Mixin
    private DecodeOptions decode = new DecodeOptions();

    @Option(
            names = {"-?", "--help"},
            usageHelp = true,
            order = 1,
            description = "print this")
    private boolean help;

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
        String[] arguments = Arguments.ofThisProcess(args);
        int exitStatus = arguments.length > 0 && arguments[0].equals(BENCH)
                ? bench(out, err, arguments)
                : run(out, err, Input.ofThisProcess(), arguments);
        err.flush();
        System.exit(exitStatus);
    }

    /** What stands behind the word is for the load generator. */
    private static int bench(PrintStream out, PrintStream err, String... arguments) {
        try {
            return Bench.run(out, err, System.in, Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (Output.Closed e) {
            return e.exitStatus();
        }
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
        if (version) {
            out.append("pgwire " + VERSION + "\n");
            return 0;
        }
        String refusal = decode.refusal(connection.port());
        if (refusal != null) {
            return fail(refusal, FAILURE);
        }
        if (decode.isGiven()) {
            return decode();
        }
        Target target = connection.target();
        String where = target.database() == null ? "" : target.database();
        if (RawText.invalid(where) != null) {
            return fail("the connection string is no UTF-8", NO_CONNECTION);
        }
        try {
            if (explainConfig) {
                return explainConfig(target.config(null));
            }
            if (doctor) {
                return examine(where);
            }
        } catch (PgException e) {
            return fail(String.valueOf(e.getMessage()), NO_CONNECTION);
        }
        return connection.isEmpty() ? onEmbedded() : on(target, null);
    }

    private int decode() {
        try {
            decode.run(out, in.stream(), in.directory(), connection.port());
            return 0;
        } catch (NoSuchFileException e) {
            return fail(e.getMessage() + ": no such file", FAILURE);
        } catch (IOException e) {
            return fail(String.valueOf(e.getMessage()), FAILURE);
        }
    }

    private int explainConfig(Config config) {
        for (Setting setting : config.explain()) {
            out.append(setting.keyword() + "=" + setting.value() + "\t" + setting.source() + "\n");
        }
        return 0;
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
            return on(new Target(demo.dsn(), null, null, null), demo);
        } catch (IllegalStateException | PgException e) {
            return fail(String.valueOf(e.getMessage()), NO_CONNECTION);
        }
    }

    private int on(Target target, @Nullable Demo demo) {
        StandardInput standard = new StandardInput(in, out, err);
        try (TraceFile file = TraceFile.open(trace)) {
            Config config = file.traced(target.config(null));
            String refusal = ClientEncoding.refusal(config);
            if (refusal != null) {
                return fail(refusal, NO_CONNECTION);
            }
            Messages messages = new Messages(out, err);
            messages.areSeen(in.seesErrors());
            Shell shell = new Shell(
                    connect(target, config, standard),
                    out,
                    messages,
                    look.layout(),
                    new Programs(in.environment(), in.directory(), in.isInteractive()),
                    new MetaCommands(),
                    standard);
            try {
                return on(shell, standard, demo);
            } finally {
                shell.connection().close();
            }
        } catch (PgException e) {
            return fail(Target.failure(e), NO_CONNECTION);
        } catch (IOException e) {
            return fail(String.valueOf(e.getMessage()), NO_CONNECTION);
        }
    }

    private Connection connect(Target target, Config config, StandardInput standard) {
        if (connection.asks()) {
            String password = standard.secret("Password: ");
            return Postgres.connect(config.toBuilder()
                    .password(password == null ? "" : password)
                    .build());
        }
        return connection.neverAsks() || !standard.hasTerminal()
                ? Postgres.connect(config)
                : target.connect(config, standard);
    }

    private int on(Shell shell, StandardInput standard, @Nullable Demo demo) throws IOException {
        shell.messages().starting(true);
        if (!prepare(shell)) {
            return FAILURE;
        }
        shell.messages().starting(false);
        try {
            if (in.isInteractive() && in.terminal() != null) {
                int[] size = ProcessTerminal.size(in.terminal());
                shell.layout(shell.layout().but().terminal(size[0], size[1]).build());
            }
            if (lists) {
                return new CommandLineActions(shell, standard).command("\\l") ? 0 : FAILURE;
            }
            if (!actions.isEmpty()) {
                return perform(shell, standard);
            }
            if (demo != null && !in.isWaiting()) {
                demo.show(out);
            }
            return in.isInteractive()
                    ? Interactive.run(shell)
                    : new CommandLineActions(shell, standard).standardInput();
        } finally {
            shell.results().close();
        }
    }

    /** Does what the options say, before anything runs. */
    private boolean prepare(Shell shell) {
        String error = variables.apply(shell);
        if (error != null) {
            fail(error, FAILURE);
            return false;
        }
        for (String option : look.psetOptions()) {
            if (!MetaCommands.pset(shell, option)) {
                fail("could not set printing parameter \"" + option.replaceFirst("=.*", "") + "\"", FAILURE);
                return false;
            }
        }
        return output == null || shell.results().redirect(output);
    }

    private int perform(Shell shell, StandardInput standard) throws IOException {
        CommandLineActions performed = new CommandLineActions(shell, standard);
        if (singleTransaction && !shell.statements().quietly("BEGIN")) {
            return FAILURE;
        }
        int status = 0;
        for (Action action : actions) {
            status = action.command != null
                    ? (performed.command(action.command) ? 0 : FAILURE)
                    : performed.file(action.file);
            if (status != Script.LOST_CONNECTION && shell.hasLostConnection()) {
                return Script.LOST_CONNECTION;
            }
            if (status != 0 && shell.variables().isOn("ON_ERROR_STOP")) {
                break;
            }
        }
        if (singleTransaction && !shell.connection().isClosed()) {
            boolean failed = status != 0 && shell.variables().isOn("ON_ERROR_STOP");
            status = shell.statements().quietly(failed ? "ROLLBACK" : "COMMIT") ? status : FAILURE;
        }
        return status;
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
