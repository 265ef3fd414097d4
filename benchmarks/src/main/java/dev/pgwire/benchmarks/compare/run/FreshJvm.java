package dev.pgwire.benchmarks.compare.run;

import dev.pgwire.benchmarks.compare.server.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM that is started for each round, connects, prints one line and ends. */
public final class FreshJvm implements Lane {
    private static final int PATIENCE_SECONDS = 300;

    private final String name;
    private final String printed;
    private final List<String> command;
    private final Address address;

    /**
     * A program on a class path of its own.
     *
     * @param flags the JVM's flags
     */
    public FreshJvm(String name, Address address, List<String> flags, ClassPath classPath, Class<?> main) {
        this(name, "printed", address, List.of(), flags, classPath, main);
    }

    /**
     * A program on a class path of its own, with a prefix before its command.
     *
     * @param printed the name of the reading that the program prints
     * @param flags the JVM's flags
     */
    public FreshJvm(
            String name,
            String printed,
            Address address,
            List<String> prefix,
            List<String> flags,
            ClassPath classPath,
            Class<?> main) {
        this.name = name;
        this.printed = printed;
        this.address = address;
        command = new ArrayList<>(prefix);
        command.addAll(Jvm.command(
                flags,
                classPath.toString(),
                main,
                address.host(),
                Integer.toString(address.port()),
                address.user(),
                address.database()));
    }

    @Override
    public String name() {
        return name;
    }

    /** Reads off the seconds until the process has ended, and the number that it printed. */
    @Override
    public Map<String, Double> round(int number) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        if (address.password() != null) {
            builder.environment().put("PGPASSWORD", address.password());
        }
        long begun = System.nanoTime();
        Process process = builder.start();
        // One line is printed, which the pipe holds.
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(name + " did not end within " + PATIENCE_SECONDS + " seconds");
        }
        double wall = (System.nanoTime() - begun) / 1e9;
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.exitValue() != 0) {
            throw new IOException(name + " ended with status " + process.exitValue() + " and printed: " + output);
        }
        return Map.of("wall", wall, printed, Double.parseDouble(output));
    }

    @Override
    public void close() {}
}
