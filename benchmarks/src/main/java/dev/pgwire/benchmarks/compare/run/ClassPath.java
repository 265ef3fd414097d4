package dev.pgwire.benchmarks.compare.run;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The part of this JVM's class path that one driver needs: jars that are never used still cost time to open. */
public record ClassPath(List<String> entries) {
    /** All of it. */
    public static ClassPath all() {
        return new ClassPath(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    }

    /** All that is no jar, and the jars whose names begin with one of the names and a version. */
    public static ClassPath of(String... names) {
        Pattern wanted = Pattern.compile("(" + String.join("|", names) + ")-\\d.*\\.jar");
        return new ClassPath(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar")
                        || wanted.matcher(Path.of(entry).getFileName().toString())
                                .matches())
                .toList());
    }

    @Override
    public String toString() {
        return String.join(File.pathSeparator, entries);
    }
}
