package dev.pgwire.benchmarks.compare.run;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.server.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * libpq, through pgbench: a process for each round, that prepares its script and runs it many times on one connection. It
 * tells how many it ran in a second, the connecting left out. A round is longer than the others' rounds, so that the fresh
 * server process with its empty caches counts for less.
 */
public final class Pgbench implements Lane {
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");

    private final Bench bench;
    private final String name;
    private final Path script;
    private final int transactions;
    private final boolean onOneCore;
    private final DoubleFunction<Map<String, Double>> readings;

    private Pgbench(
            Bench bench,
            String name,
            Path script,
            int transactions,
            boolean onOneCore,
            DoubleFunction<Map<String, Double>> readings) {
        this.bench = bench;
        this.name = name;
        this.script = script;
        this.transactions = transactions;
        this.onOneCore = onOneCore;
        this.readings = readings;
    }

    /**
     * A lane that runs a script, if pgbench is installed.
     *
     * @param transactions how often a round runs the script
     * @param readings what a round reads off, from the seconds that one run of the script takes
     */
    public static Optional<Lane> find(
            Bench bench,
            String name,
            String script,
            int transactions,
            boolean onOneCore,
            DoubleFunction<Map<String, Double>> readings)
            throws IOException {
        try {
            new ProcessBuilder("pgbench", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        Path file = Files.createTempFile("pgwire-compare", ".sql");
        Files.writeString(file, script);
        return Optional.of(new Pgbench(bench, name, file, transactions, onOneCore, readings));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Double> round(int number) throws IOException, InterruptedException {
        // Its server process does not exist yet; it will run where the server's main process does.
        long server = onOneCore ? serverProcess() : 0;
        bench.oneCore().keep(server);
        try {
            return readings.apply(1 / rate(number));
        } finally {
            bench.oneCore().release(server);
        }
    }

    private double rate(int number) throws IOException, InterruptedException {
        Address address = bench.address();
        List<String> command = new ArrayList<>(onOneCore ? bench.oneCore().prefix() : List.of());
        command.addAll(List.of("pgbench", "-n", "-M", "prepared", "-c", "1", "-j", "1"));
        command.addAll(List.of("-t", Integer.toString(transactions), "--random-seed=" + (number + 1)));
        command.addAll(List.of("-h", address.host(), "-p", Integer.toString(address.port()), "-U", address.user()));
        command.addAll(List.of("-f", script.toString(), address.database()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (address.password() != null) {
            builder.environment().put("PGPASSWORD", address.password());
        }
        Process process = builder.start();
        String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(report);
        if (process.waitFor() != 0 || !rate.find()) {
            throw new IOException("pgbench failed:\n" + report);
        }
        return Double.parseDouble(rate.group(1));
    }

    private long serverProcess() {
        try (Connection connection = Postgres.connect(bench.address().config())) {
            return OneCore.parent(connection.processId());
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
