package dev.pgwire.dbapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Python that has psycopg2, such as Debian's with its package python3-psycopg2.
 *
 * @param program its command
 */
public record Python(String program) {
    private static final List<String> PROGRAMS = List.of("/usr/bin/python3", "python3");

    /** The first one on this machine, if there is one. */
    public static Optional<Python> withPsycopg2() {
        return PROGRAMS.stream().map(Python::new).filter(Python::hasPsycopg2).findFirst();
    }

    private boolean hasPsycopg2() {
        try {
            return start("import psycopg2, psycopg2.extras, psycopg2.pool\n", Path.of("/dev/null"))
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process start(String script, Path output) throws IOException {
        Process process = new ProcessBuilder(program, "-")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().write(script.getBytes(UTF_8));
        process.getOutputStream().close();
        return process;
    }

    /** Runs a script to its end, within two minutes, and gives what it prints. */
    public String run(String script) {
        try {
            Path output = Files.createTempFile("python", ".out");
            try {
                Process process = start(script, output);
                if (!process.waitFor(2, TimeUnit.MINUTES)) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError("the script has not ended: " + Files.readString(output));
                }
                String printed = Files.readString(output);
                if (process.exitValue() != 0) {
                    throw new AssertionError(printed);
                }
                return printed;
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
