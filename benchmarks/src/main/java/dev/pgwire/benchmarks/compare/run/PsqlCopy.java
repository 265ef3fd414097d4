package dev.pgwire.benchmarks.compare.run;

import dev.pgwire.benchmarks.compare.server.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * psql, which copies a table out to the null device: a process for each round. It tells the time of the COPY itself, so that its start
 * and its connecting are left out.
 */
public final class PsqlCopy implements Lane {
    private static final Pattern ROWS = Pattern.compile("COPY ([0-9]+)");
    private static final Pattern MILLISECONDS = Pattern.compile("Time: ([0-9.]+) ms");

    private final Bench bench;
    private final Setting setting;
    private final String table;

    private PsqlCopy(Bench bench, Setting setting, String table) {
        this.bench = bench;
        this.setting = setting;
        this.table = table;
    }

    /** A lane for a table, if psql is installed. */
    public static Optional<Lane> find(Bench bench, Setting setting, String table) {
        return ClientTool.isInstalled("psql") ? Optional.of(new PsqlCopy(bench, setting, table)) : Optional.empty();
    }

    @Override
    public String name() {
        return "psql";
    }

    @Override
    public Map<String, Double> round(int number) throws IOException, InterruptedException {
        // Its server process does not exist yet.
        return MainProcess.keptDuring(bench, setting.placement(), this::copy);
    }

    private Map<String, Double> copy() throws IOException, InterruptedException {
        Address address = bench.ways().address(setting.way());
        List<String> command = new ArrayList<>(bench.cores().prefix(setting.placement()));
        command.addAll(List.of("psql", "-X", "-c", "\\timing on", "-c", "\\copy " + table + " TO '/dev/null'"));
        command.addAll(ClientTool.place(address));
        command.add(address.database());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        ClientTool.credentials(address, builder);
        Process process = builder.start();
        String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rows = ROWS.matcher(report);
        Matcher milliseconds = MILLISECONDS.matcher(report);
        if (process.waitFor() != 0 || !rows.find() || !milliseconds.find()) {
            throw new IOException("psql failed:\n" + report);
        }
        return Map.of(
                "wall", Double.parseDouble(milliseconds.group(1)) / 1_000, "rows", Double.parseDouble(rows.group(1)));
    }

    @Override
    public void close() {}
}
