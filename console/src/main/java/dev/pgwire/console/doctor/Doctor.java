package dev.pgwire.console.doctor;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.config.Setting;
import dev.pgwire.console.output.TraceFile;
import dev.pgwire.console.output.Visible;
import dev.pgwire.error.PgException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code --doctor}: connects, and says of each step what was found, how long it took, and what to change if it failed. */
public final class Doctor {
    static final int WELL = 0;
    static final int FAILED = 1;
    static final int UNUSABLE_DSN = 2;

    /** What is shown even where it is not set. */
    private static final Set<String> ESSENTIAL = Set.of("host", "port", "user", "dbname", "sslmode");

    /** No single statement of ours has a reason to take longer. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final DoctorReport report;
    private final TraceFile trace;

    public Doctor(PrintStream out, TraceFile trace) {
        this.report = new DoctorReport(out);
        this.trace = trace;
    }

    /** Returns the exit status. */
    public int examine(String dsn) {
        Config config;
        try {
            config = trace.traced(Config.parse(dsn));
        } catch (PgException unusable) {
            report.failed(
                    "configuration",
                    Visible.of(String.valueOf(unusable.getMessage())),
                    null,
                    "the DSN, or the place that the message names: docs/connecting.md has a table of all keywords");
            return UNUSABLE_DSN;
        }
        report.ok("configuration", essence(config.explain()), null);
        connect(config);
        return report.hasFailure() ? FAILED : WELL;
    }

    private static String essence(List<Setting> settings) {
        List<String> shown = new ArrayList<>();
        for (Setting setting : settings) {
            if (!setting.source().equals("default") || ESSENTIAL.contains(setting.keyword())) {
                shown.add(Advice.shown(setting));
            }
        }
        return String.join(", ", shown);
    }

    private void connect(Config config) {
        ConnectReport steps = new ConnectReport(report, config, new Advice(config));
        Connection connection = open(config, steps);
        if (connection == null) {
            return;
        }
        try (connection) {
            connection.deadline(DEADLINE);
            SessionRole.examine(connection, config, report);
            if (isReplication(config)) {
                report.skipped("round trip", "replication connections take no statements", null);
            } else {
                measure(connection);
            }
        }
    }

    private @Nullable Connection open(Config config, ConnectReport steps) {
        try {
            Connection connection =
                    Postgres.connect(config.toBuilder().observer(steps::take).build());
            steps.end(null);
            return connection;
        } catch (RuntimeException failure) {
            steps.end(failure);
            return null;
        }
    }

    private void measure(Connection connection) {
        try {
            report.ok("round trip", RoundTrips.measure(connection).toString(), null);
        } catch (PgException failure) {
            report.failed(
                    "round trip",
                    Visible.of(String.valueOf(failure.getMessage())),
                    null,
                    "host, port: does a pooler or something else stand before the server? prepare=never serves poolers that"
                            + " do not track statements");
        }
    }

    static boolean isReplication(Config config) {
        String replication = config.replication();
        return replication != null && !Set.of("false", "off", "no", "0").contains(replication);
    }
}
