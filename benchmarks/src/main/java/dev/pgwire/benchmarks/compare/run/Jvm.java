package dev.pgwire.benchmarks.compare.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How every contestant's JVM is started: the same flags for all. */
public final class Jvm {
    /**
     * The collector that a server gets by default, and memory that is there from the beginning: or the first rounds would
     * pay for it.
     */
    public static final List<String> FLAGS = List.of("-XX:+UseG1GC", "-XX:+AlwaysPreTouch");

    private Jvm() {}

    /** The command that runs a class on this JVM's own class path, with a heap of this number of megabytes and some more flags. */
    static List<String> command(int heap, Class<?> main, List<String> more) {
        List<String> flags = new ArrayList<>(List.of("-Xms" + heap + "m", "-Xmx" + heap + "m"));
        flags.addAll(FLAGS);
        flags.addAll(more);
        return command(flags, System.getProperty("java.class.path"), main);
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
