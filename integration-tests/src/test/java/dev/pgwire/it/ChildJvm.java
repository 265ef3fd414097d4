package dev.pgwire.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for a main class of the tests. */
final class ChildJvm {
    private static final long LONGEST_SECONDS = 300;

    private ChildJvm() {}

    /** How a child ended, and what it wrote, errors included. */
    record Ended(int exitCode, String output) {}

    /** Runs {@code java} with these arguments to its end. */
    static Ended run(List<String> arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** Runs {@code java} with these arguments to its end, with more environment than there is here. */
    static Ended run(Map<String, String> environment, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Path output = Files.createTempFile("child-jvm", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process child = builder.start();
        try {
            if (!child.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                return new Ended(-1, "still running after " + LONGEST_SECONDS + " s: " + Files.readString(output));
            }
            return new Ended(child.exitValue(), Files.readString(output));
        } finally {
            child.destroyForcibly().waitFor();
            Files.delete(output);
        }
    }

    /** The entries of this JVM's class path. */
    static List<String> classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }
}
