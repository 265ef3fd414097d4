package dev.pgwire.benchmarks.compare.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How every contestant's JVM is started: the same flags for all.
 *
 * @param home the directory of its Java
 * @param heap its memory, in megabytes
 */
public record Jvm(Path home, int heap) {
    /**
     * The collector that a server gets by default, and memory that is there from the beginning: or the first rounds would
     * pay for it.
     */
    public static final List<String> FLAGS = List.of("-XX:+UseG1GC", "-XX:+AlwaysPreTouch");

    /** The environment variable that names the directory of a Java with virtual threads. */
    private static final String VARIABLE = "JAVA25_HOME";

    /** The first release whose virtual threads are no preview. */
    private static final int VIRTUAL_THREADS = 21;

    /** Why there is no JVM with virtual threads. */
    public static final String WITHOUT_VIRTUAL_THREADS = "expected " + VARIABLE
            + " to name the directory of a Java with virtual threads, or Java " + VIRTUAL_THREADS
            + " or later to run this";

    /** The directory of this Java, or of one with virtual threads; empty if there is none. */
    public static Optional<Path> home(boolean withVirtualThreads) {
        @Nullable String other = System.getenv(VARIABLE);
        if (withVirtualThreads && other != null) {
            return Optional.of(Path.of(other)).filter(home -> Files.isExecutable(java(home)));
        }
        return withVirtualThreads && Runtime.version().feature() < VIRTUAL_THREADS
                ? Optional.empty()
                : Optional.of(own());
    }

    private static Path own() {
        return Path.of(System.getProperty("java.home"));
    }

    private static Path java(Path home) {
        return home.resolve("bin").resolve("java");
    }

    /** The command that runs a class on this JVM's own class path, with some more flags. */
    List<String> command(Class<?> main, List<String> more) {
        List<String> flags = new ArrayList<>(List.of("-Xms" + heap + "m", "-Xmx" + heap + "m"));
        flags.addAll(FLAGS);
        flags.addAll(more);
        return command(home, flags, System.getProperty("java.class.path"), main);
    }

    /** The command that runs a class of a class path on this Java. */
    public static List<String> command(List<String> flags, String classPath, Class<?> main, String... arguments) {
        return command(own(), flags, classPath, main, arguments);
    }

    private static List<String> command(
            Path home, List<String> flags, String classPath, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(java(home).toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }
}
