package dev.pgwire.benchmarks.compare;

import dev.pgwire.benchmarks.compare.report.Markdown;
import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.report.ReadmeTable;
import dev.pgwire.benchmarks.compare.report.Report;
import dev.pgwire.benchmarks.compare.report.ReportFiles;
import dev.pgwire.benchmarks.compare.report.Row;
import dev.pgwire.benchmarks.compare.report.Surroundings;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.Cleanup;
import dev.pgwire.benchmarks.compare.run.Observations;
import dev.pgwire.benchmarks.compare.run.Progress;
import dev.pgwire.benchmarks.compare.server.BenchDatabase;
import dev.pgwire.benchmarks.compare.server.Server;
import dev.pgwire.benchmarks.compare.server.Ways;
import dev.pgwire.benchmarks.compare.work.Work;
import dev.pgwire.benchmarks.compare.work.Worker;
import dev.pgwire.benchmarks.compare.work.Works;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command {@code benchmarks/compare}. */
@Command(
        name = "benchmarks/compare",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Compares pgwire with other drivers, side by side on one server.")
public final class Compare implements Callable<Integer> {
    private static final Path DEFAULT_OUT = Path.of("docs", "benchmarks");

    @Option(
            names = "--dsn",
            paramLabel = "DSN",
            description = "the server, by a role that may create a database; without it one is started")
    @Nullable
    String dsn;

    @Option(names = "--only", paramLabel = "P1,P2", split = ",", description = "only these rows of the table")
    List<String> only = List.of();

    @Option(names = "--quick", description = "fewer rounds and rows: a first idea, in about four minutes")
    boolean quick;

    @Option(names = "--out", paramLabel = "DIR", description = "where the results are written (${DEFAULT-VALUE})")
    Path out = DEFAULT_OUT;

    @Option(
            names = "--draw",
            paramLabel = "FILE",
            description = "measures nothing: draws the pictures from a compare.json, and prints the rows of the README")
    @Nullable
    Path draw;

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Compare()).execute(arguments));
    }

    /** The works that give what is asked for. */
    List<Work> works() {
        Set<String> known = Works.all().stream()
                .flatMap(work -> work.metrics().stream())
                .map(Metric::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String id : only) {
            if (known.stream().noneMatch(id::equalsIgnoreCase)) {
                throw new ParameterException(
                        new CommandLine(this), "there is no row " + id + ", expected some of " + known);
            }
        }
        return Works.all().stream()
                .filter(work -> work.metrics().stream().anyMatch(this::isWanted))
                .toList();
    }

    private boolean isWanted(Metric metric) {
        return only.isEmpty() || only.stream().anyMatch(metric.id()::equalsIgnoreCase);
    }

    @Override
    public Integer call() throws Exception {
        if (draw != null) {
            Report report = Report.fromJson(Files.readString(draw));
            new ReportFiles(out).draw(report);
            System.out.print(new ReadmeTable(report).text());
            return 0;
        }
        List<Work> works = works();
        Extent extent = quick ? Extent.QUICK : Extent.FULL;
        Progress progress = new Progress(
                works.stream().mapToInt(work -> work.seconds(extent)).sum());
        // Closed last to first, and on Ctrl-C too.
        try (Cleanup cleanup = new Cleanup()) {
            cleanup.add(progress);
            Server server = cleanup.add(Server.start(dsn));
            BenchDatabase database = BenchDatabase.create(server.address(), extent);
            if (server instanceof Server.Given) {
                // Any other server takes its databases with it.
                cleanup.add(database);
            }
            Ways ways = Ways.to(
                    database.address(),
                    server.scram().database(database.address().database()));
            Bench bench = Bench.on(ways, extent, Worker.class, progress);
            List<Row> rows = new ArrayList<>();
            for (Work work : works) {
                progress.begin(work.name(), work.seconds(extent));
                Observations observations = work.measure(bench);
                work.metrics().stream()
                        .filter(this::isWanted)
                        .map(metric -> Row.of(metric, observations.summaries(metric.reading())))
                        .forEach(rows::add);
            }
            Report report = new Report(Surroundings.look(server, bench, commandLine()), rows);
            new ReportFiles(out).write(report);
            progress.close();
            System.out.print(new Markdown(report).ratios());
            return 0;
        }
    }

    /** How to do it again: the server and a directory elsewhere are private. */
    String commandLine() {
        StringBuilder line = new StringBuilder("benchmarks/compare");
        if (dsn != null) {
            line.append(" --dsn ...");
        }
        if (!only.isEmpty()) {
            line.append(" --only ").append(String.join(",", only));
        }
        if (quick) {
            line.append(" --quick");
        }
        if (!out.equals(DEFAULT_OUT)) {
            line.append(" --out ...");
        }
        return line.toString();
    }
}
