package dev.pgwire.benchmarks.compare.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps processes on a core, with {@code taskset}. The client is on the last one, since interrupts like the first; the server
 * is there too, or on the one before. It needs a server on this machine whose processes may be told where to run.
 */
public final class Cores {
    private final int last = Runtime.getRuntime().availableProcessors() - 1;
    private final boolean possible;

    private Cores(boolean possible) {
        this.possible = possible;
    }

    /** Finds out whether it can be done with this server, by doing it with one of its processes. */
    static Cores with(int backend) throws IOException, InterruptedException {
        boolean here = Files.exists(Path.of("/proc", Integer.toString(backend), "stat"))
                && Files.readString(Path.of("/proc", Integer.toString(backend), "comm"))
                        .startsWith("postgres");
        boolean taskset = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "taskset")));
        return new Cores(here && taskset && new Cores(true).keepServer(Placement.ONE_CORE, backend));
    }

    /** Whether it can be done here. */
    public boolean isPossible(Placement placement) {
        return switch (placement) {
            case ANYWHERE -> true;
            case ONE_CORE -> possible;
            case CORE_EACH -> possible && last > 0;
        };
    }

    /** What to write before a client's command to keep it on its core; nothing if that cannot be done. */
    public List<String> prefix(Placement placement) {
        return isKept(placement) ? List.of("taskset", "-c", Integer.toString(last)) : List.of();
    }

    /** What a client's JVM is told of the machine: from a core of its own it does not see the server's. */
    public List<String> flags(Placement placement) {
        return isKept(placement) && placement == Placement.CORE_EACH
                ? List.of("-XX:ActiveProcessorCount=2")
                : List.of();
    }

    /** Keeps a process of the server on its core from now on. */
    public boolean keepServer(Placement placement, long process) throws IOException, InterruptedException {
        int core = placement == Placement.CORE_EACH ? last - 1 : last;
        return isKept(placement) && process > 0 && taskset(Integer.toString(core), process);
    }

    /** Lets a process run on all cores again. */
    public void release(long process) throws IOException, InterruptedException {
        if (possible && process > 0) {
            taskset("0-" + last, process);
        }
    }

    private boolean isKept(Placement placement) {
        return placement != Placement.ANYWHERE && isPossible(placement);
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
