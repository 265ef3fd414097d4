package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The console as a process of its own, in a script of bash that knows {@code $PGWIRE} and {@code $DSN}.
 *
 * @param directory for what it prints
 */
record ConsoleProcess(Path directory) {

    Outcome bash(String script, Map<String, String> environment) throws Exception {
        return run(List.of("bash", "-c", script), Path.of("/dev/null"), environment);
    }

    /** Runs it at a pseudo terminal, by script(1); what it prints there, standard errors among it, has CR LF at the ends of its lines. */
    Outcome onTerminal(String keys, String script, Map<String, String> environment) throws Exception {
        Path typed = Files.writeString(directory.resolve("keys"), keys);
        return run(List.of("script", "-qec", script, "/dev/null"), typed, environment);
    }

    private Outcome run(List<String> command, Path in, Map<String, String> environment) throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("SHELL", "/bin/bash");
        builder.environment().put("DSN", TestServer.shared().dsn());
        builder.environment()
                .put("PGWIRE", java() + " -XX:TieredStopAtLevel=1 -cp " + classPath() + " " + Console.class.getName());
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        return new Outcome(exit, read(out), read(err));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, UTF_8);
    }

    record Outcome(int exit, String out, String err) {}
}
