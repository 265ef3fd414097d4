package dev.pgwire.benchmarks.compare.run;

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
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * libpq, through pgbench: a process for each round, that prepares its script and runs it many times on one connection. It
 * tells how many it ran in a second, the connecting left out; the shell that starts it tells its processor time, from which
 * that of a process with a single run is taken off. A round is longer than the others' rounds, so that the fresh server process
 * with its empty caches counts for less.
 */
public final class Pgbench implements Lane {
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");
    private static final Pattern CPU = Pattern.compile("user ([0-9.]+) system ([0-9.]+)");

    private final Bench bench;
    private final Script script;
    private final Path file;
    private final Setting setting;
    private final Function<Took, Map<String, Double>> readings;

    /**
     * What it runs.
     *
     * @param name the contestant's name
     * @param text the commands
     * @param times how often a round runs it
     */
    public record Script(String name, String text, int times) {}

    /** What one run of a script takes: the seconds that go by, and the seconds of pgbench's processor time. */
    public record Took(double seconds, double cpuSeconds) {}

    private Pgbench(
            Bench bench, Script script, Path file, Setting setting, Function<Took, Map<String, Double>> readings) {
        this.bench = bench;
        this.script = script;
        this.file = file;
        this.setting = setting;
        this.readings = readings;
    }

    /**
     * A lane that runs a script, if pgbench is installed.
     *
     * @param readings what a round reads off
     */
    public static Optional<Lane> find(
            Bench bench, Script script, Setting setting, Function<Took, Map<String, Double>> readings)
            throws IOException {
        if (!ClientTool.isInstalled("pgbench")) {
            return Optional.empty();
        }
        Path file = Files.createTempFile("pgwire-compare", ".sql");
        Files.writeString(file, script.text());
        return Optional.of(new Pgbench(bench, script, file, setting, readings));
    }

    @Override
    public String name() {
        return script.name();
    }

    @Override
    public Map<String, Double> round(int number) throws IOException, InterruptedException {
        // Its server process does not exist yet.
        return MainProcess.keptDuring(bench, setting.placement(), () -> {
            Run one = run(number, 1);
            Run all = run(number, script.times());
            return readings.apply(new Took(1 / all.rate(), (all.cpu() - one.cpu()) / (script.times() - 1)));
        });
    }

    private record Run(double rate, double cpu) {}

    private Run run(int number, int times) throws IOException, InterruptedException {
        Address address = bench.ways().address(setting.way());
        List<String> command = new ArrayList<>(bench.cores().prefix(setting.placement()));
        command.addAll(List.of("bash", "-c", "time \"$@\"", "bash"));
        command.addAll(List.of("pgbench", "-n", "-M", "prepared", "-c", "1", "-j", "1"));
        command.addAll(List.of("-t", Integer.toString(times), "--random-seed=" + (number + 1)));
        command.addAll(ClientTool.place(address));
        command.addAll(List.of("-f", file.toString(), address.database()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TIMEFORMAT", "user %U system %S");
        ClientTool.credentials(address, builder);
        Process process = builder.start();
        String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(report);
        Matcher cpu = CPU.matcher(report);
        if (process.waitFor() != 0 || !rate.find() || !cpu.find()) {
            throw new IOException("pgbench failed:\n" + report);
        }
        return new Run(
                Double.parseDouble(rate.group(1)), Double.parseDouble(cpu.group(1)) + Double.parseDouble(cpu.group(2)));
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
