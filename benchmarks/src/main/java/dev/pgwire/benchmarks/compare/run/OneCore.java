package dev.pgwire.benchmarks.compare.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps processes on one core, with {@code taskset}: the last one, since interrupts like the first. It needs a server on this
 * machine whose processes may be told where to run.
 */
public final class OneCore {
    private final int core = Runtime.getRuntime().availableProcessors() - 1;
    private final boolean possible;

    private OneCore(boolean possible) {
        this.possible = possible;
    }

    /** Finds out whether it can be done with this server, by doing it with one of its processes. */
    static OneCore with(int backend) throws IOException, InterruptedException {
        boolean here = Files.exists(Path.of("/proc", Integer.toString(backend), "stat"))
                && Files.readString(Path.of("/proc", Integer.toString(backend), "comm"))
                        .startsWith("postgres");
        boolean taskset = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "taskset")));
        return new OneCore(here && taskset && new OneCore(true).keep(backend));
    }

    /** Whether it can be done here. */
    public boolean isPossible() {
        return possible;
    }

    /** What to write before a command to keep it on the core; nothing if that cannot be done. */
    public List<String> prefix() {
        return possible ? List.of("taskset", "-c", Integer.toString(core)) : List.of();
    }

    /** Keeps a process on the core from now on. */
    public boolean keep(long process) throws IOException, InterruptedException {
        return possible && process > 0 && taskset(Integer.toString(core), process);
    }

    /** Lets a process run on all cores again. */
    public void release(long process) throws IOException, InterruptedException {
        if (possible && process > 0) {
            taskset("0-" + core, process);
        }
    }

    /** The server's main process, the parent of the process behind a connection; new ones run where it does. */
    public static long parent(long process) {
        return ProcessHandle.of(process)
                .flatMap(ProcessHandle::parent)
                .map(ProcessHandle::pid)
                .orElse(0L);
    }

    private static boolean taskset(String cores, long process) throws IOException, InterruptedException {
        return new ProcessBuilder("taskset", "-cp", cores, Long.toString(process))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
