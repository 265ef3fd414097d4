package dev.pgwire.bench;

import dev.pgwire.bench.report.RampReport;
import dev.pgwire.bench.report.VersusReport;
import dev.pgwire.bench.run.Race;
import dev.pgwire.bench.run.Result;
import dev.pgwire.bench.run.Settings;
import dev.pgwire.bench.run.Workload;
import dev.pgwire.config.Config;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs that are compared with each other.
 *
 * @param target knows what the command line says of the server
 * @param config of the first server
 */
record Series(
        TargetOptions target,
        Config config,
        Settings settings,
        Workload workload,
        ProgressLines listener,
        PrintStream out) {
    private static final int INCOMPLETE = 2;

    /** Runs at rate after rate. */
    int ramp(List<Double> rates, OutputOptions output) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        out.println(RampReport.HEAD);
        for (double rate : rates) {
            Result result = one(config, settings.at(rate));
            results.add(result);
            out.println(RampReport.line(result));
            out.flush();
            if (result.aborted()) {
                return INCOMPLETE;
            }
        }
        RampReport report = RampReport.of(results);
        report.lines().forEach(out::println);
        output.write(report);
        return 0;
    }

    /** Runs on two servers in turns: the one that is first in a round is second in the next. */
    int versus(String other, int rounds, OutputOptions output) throws IOException, InterruptedException {
        Config second = other(other);
        List<Result> ones = new ArrayList<>();
        List<Result> others = new ArrayList<>();
        out.println(VersusReport.HEAD);
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < 2; turn++) {
                boolean isFirst = (round + turn) % 2 == 0;
                Result result = one(isFirst ? config : second, settings);
                (isFirst ? ones : others).add(result);
                if (result.aborted()) {
                    return INCOMPLETE;
                }
            }
            out.println(VersusReport.line(round, ones.get(round), others.get(round)));
            out.flush();
        }
        VersusReport report = VersusReport.of(ones, others);
        report.lines().forEach(out::println);
        output.write(report);
        return 0;
    }

    /** Settings alone are for the same server. */
    private Config other(String text) {
        boolean hasServer =
                text.startsWith("postgres") || text.matches(".*\\b(host|hostaddr|port|dbname|service)\\s*=.*");
        if (hasServer || text.indexOf('=') < 0) {
            return target.config(text);
        }
        Config.Builder builder = config.toBuilder();
        Config.parse(text).explain().stream()
                .filter(setting -> setting.source().equals("connection string"))
                .forEach(setting -> builder.set(setting.keyword(), setting.value()));
        return builder.build();
    }

    private Result one(Config server, Settings with) throws IOException, InterruptedException {
        listener.of(with);
        return Race.run(TargetOptions.forClients(server, with.mode()), with, workload, listener);
    }
}
