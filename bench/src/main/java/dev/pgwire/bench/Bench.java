package dev.pgwire.bench;

import dev.pgwire.bench.report.TextReport;
import dev.pgwire.bench.run.Race;
import dev.pgwire.bench.run.Result;
import dev.pgwire.bench.run.Settings;
import dev.pgwire.bench.run.Workload;
import dev.pgwire.bench.script.Names;
import dev.pgwire.bench.script.Script;
import dev.pgwire.bench.script.ScriptException;
import dev.pgwire.config.Config;
import dev.pgwire.error.PgException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Member;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program behind {@code ./pgwire bench}: reads the command line and does what it says. */
@Command(
        name = "pgwire bench",
        sortOptions = false,
        description = {
            "A load generator with the habits of pgbench, on the pgwire driver.",
            "Without -i and with no script it runs the built-in tpcb-like."
        })
public final class Bench implements Callable<Integer> {
    private static final int FAILURE = 1;
    private static final int INCOMPLETE = 2;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private ScriptOptions scripts = new ScriptOptions();

    @Mixin
    private RunOptions running = new RunOptions();

    @Mixin
    private LogOptions logging = new LogOptions();

    @Mixin
    private TableOptions tables = new TableOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private SeriesOptions series = new SeriesOptions();

    @Option(
            names = {"-n", "--no-vacuum"},
            description = "do not vacuum before")
    private boolean noVacuum;

    @Option(
            names = {"-v", "--vacuum-all"},
            description = "vacuum all four tables before")
    private boolean vacuumsAll;

    @Option(
            names = {"-?", "--help"},
            usageHelp = true,
            description = "print this")
    private boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final PrintStream out;
    private final PrintStream err;
    private final InputStream in;

    private Bench(PrintStream out, PrintStream err, InputStream in) {
        this.out = out;
        this.err = err;
        this.in = in;
    }

    /**
     * Runs the program.
     *
     * @param in where a script comes from that is called {@code -}
     * @return its exit status: 1 if nothing was run, 2 if a client or a log had to give up
     */
    public static int run(PrintStream out, PrintStream err, InputStream in, String... args) {
        int status = new CommandLine(new Bench(out, err, in))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((thrown, line, parsed) -> {
                    throw thrown;
                })
                .execute(args);
        out.flush();
        err.flush();
        return status;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return perform();
        } catch (UsageException | ScriptException | PgException | IllegalArgumentException refused) {
            return fail(String.valueOf(refused.getMessage()));
        } catch (NoSuchFileException missing) {
            return fail("there is no " + (hasDirectory(Path.of(missing.getFile())) ? "file " : "directory for ")
                    + missing.getFile());
        } catch (IOException failed) {
            return fail(failed.toString());
        }
    }

    private static boolean hasDirectory(Path file) {
        Path directory = file.getParent();
        return directory == null || Files.exists(directory);
    }

    private int fail(String why) {
        out.flush();
        err.println("pgwire bench: error: " + why);
        return FAILURE;
    }

    private int perform() throws IOException, InterruptedException {
        String listing = scripts.listing();
        if (listing != null) {
            err.print(listing);
            return 0;
        }
        checkOptions();
        Config config = target.config();
        if (tables.initializes()) {
            Integer scale = scripts.scale();
            Tables.make(config, tables.order(scale == null ? 1 : scale, !noVacuum), err);
            return 0;
        }
        Settings settings = running.settings(logging.settings(running.seconds(), running.detailed()));
        Names names = new Names();
        List<Script> parsed = scripts.scripts(names, in);
        if (settings.depth() > 1 || settings.lanes() > 0) {
            ScriptOptions.requireSingleStatements(parsed);
        }
        series.check(settings);
        Setup setup = Setup.of(config, scripts, err);
        out.println("pgwire bench (server " + setup.version() + ")");
        out.flush();
        if (!noVacuum) {
            setup.vacuum(config, vacuumsAll);
        }
        Workload workload = scripts.workload(parsed, names, setup.scale(), setup.partitions());
        if (scripts.givenSeed() != null) {
            err.println("pgwire bench: setting random seed to " + Long.toUnsignedString(workload.seed()));
        }
        return series.isAsked()
                ? series.run(new Series(target, config, settings, workload, listener(), out), output)
                : single(config, settings, workload);
    }

    /** What makes the tables runs nothing, and a run makes no tables: an option for the other one of the two would have no effect. */
    private void checkOptions() {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            boolean isForBoth = option.longestName().equals("--scale")
                    || (isOf(Bench.class, option) && !option.longestName().equals("--vacuum-all"))
                    || isOf(TargetOptions.class, option);
            if (!isForBoth && isOf(TableOptions.class, option) != tables.initializes()) {
                throw new UsageException(option.longestName()
                        + (tables.initializes()
                                ? " is given with -i, expected no option of a run: -i runs nothing"
                                : " is given without -i, expected both: it is how the tables are made"));
            }
        }
    }

    private static boolean isOf(Class<?> options, OptionSpec option) {
        return option.userObject() instanceof Member field && field.getDeclaringClass() == options;
    }

    private ProgressLines listener() {
        return new ProgressLines(err, running.progress(), running.timestamp());
    }

    private int single(Config config, Settings settings, Workload workload) throws IOException, InterruptedException {
        ProgressLines listener = listener();
        listener.of(settings);
        Result result = Race.run(TargetOptions.forClients(config, settings.mode()), settings, workload, listener);
        TextReport.lines(result, running.detailed(), running.progress() > 0).forEach(out::println);
        out.flush();
        output.write(result);
        if (result.aborted()) {
            err.println("pgwire bench: error: the results above, or the log, are incomplete");
            return INCOMPLETE;
        }
        return 0;
    }
}
