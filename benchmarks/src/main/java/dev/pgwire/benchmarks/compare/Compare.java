package dev.pgwire.benchmarks.compare;

import dev.pgwire.benchmarks.compare.report.Metric;
import dev.pgwire.benchmarks.compare.report.Row;
import dev.pgwire.benchmarks.compare.run.Bench;
import dev.pgwire.benchmarks.compare.run.Observations;
import dev.pgwire.benchmarks.compare.run.Progress;
import dev.pgwire.benchmarks.compare.server.BenchDatabase;
import dev.pgwire.benchmarks.compare.server.Server;
import dev.pgwire.benchmarks.compare.work.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code benchmarks/compare}. */
@Command(
        name = "benchmarks/compare",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = "Compares pgwire with other drivers, side by side on one server.")
public final class Compare implements Callable<Integer> {
    @Option(
            names = "--dsn",
            paramLabel = "DSN",
            description = "the server, by a role that may create a database; without it one is started")
    @Nullable
    String dsn;

    @Option(names = "--only", paramLabel = "P1,P2", split = ",", description = "only these rows of the table")
    List<String> only = List.of();

    @Option(names = "--quick", description = "fewer rounds and rows: a first idea, in less than three minutes")
    boolean quick;

    @Option(names = "--out", paramLabel = "DIR", description = "where the results are written (${DEFAULT-VALUE})")
    Path out = Path.of("docs", "benchmarks");

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Compare()).execute(arguments));
    }

    /** The works that give what is asked for. */
    List<Work> works() {
        return Work.all().stream()
                .filter(work -> work.metrics().stream().anyMatch(this::isWanted))
                .toList();
    }

    private boolean isWanted(Metric metric) {
        return only.isEmpty() || only.contains(metric.id());
    }

    @Override
    public Integer call() throws Exception {
        Extent extent = quick ? Extent.QUICK : Extent.FULL;
        List<Row> rows = new ArrayList<>();
        try (Server server = Server.start(dsn);
                BenchDatabase database = BenchDatabase.create(server.address(), extent);
                Progress progress = new Progress(100)) {
            Bench bench = Bench.on(database.address(), extent, progress);
            for (Work work : works()) {
                progress.begin(work.getClass().getSimpleName(), work.seconds(bench));
                Observations observations = work.measure(bench);
                for (Metric metric : work.metrics()) {
                    if (isWanted(metric)) {
                        rows.add(Row.of(metric, observations.summaries(metric.reading())));
                    }
                }
            }
        }
        rows.forEach(System.out::println);
        return 0;
    }
}
