package dev.pgwire.benchmarks.compare.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How every contestant's JVM is started: the same flags for all. */
public final class Jvm {
    /** A heap that is never too small and never grows, and the collector that a server gets by default. */
    public static final List<String> FLAGS = List.of("-Xms2g", "-Xmx2g", "-XX:+UseG1GC", "-XX:+AlwaysPreTouch");

    private Jvm() {}

    /** The command that runs a class on this JVM's own class path. */
    public static List<String> command(List<String> flags, Class<?> main, String... arguments) {
        return command(flags, System.getProperty("java.class.path"), main, arguments);
    }

    /** The command that runs a class on a class path. */
    public static List<String> command(List<String> flags, String classPath, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }
}
