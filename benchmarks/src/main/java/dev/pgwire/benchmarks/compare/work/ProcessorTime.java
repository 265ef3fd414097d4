package dev.pgwire.benchmarks.compare.work;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How long the processor has worked for this process. The JVM tells it in steps of 10 ms, more than a short round takes; Linux
 * tells it for each thread in nanoseconds.
 *
 * @param process what the JVM tells
 * @param threads what Linux tells, by thread; empty on another system
 */
record ProcessorTime(long process, Map<String, Long> threads) {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Path TASKS = Path.of("/proc/self/task");

    static ProcessorTime now() {
        // Brings this thread's own figure up to date, which is else as old as the last tick of the clock.
        THREADS.getCurrentThreadCpuTime();
        Map<String, Long> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                threads.put(task.getFileName().toString(), nanos(task));
            }
        } catch (IOException noLinux) {
            threads.clear();
        }
        return new ProcessorTime(SYSTEM.getProcessCpuTime(), threads);
    }

    /** 0 of a thread that has just ended. */
    private static long nanos(Path task) {
        try {
            String line = Files.readString(task.resolve("schedstat"));
            return Long.parseLong(line.substring(0, line.indexOf(' ')));
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Nanoseconds from another moment to this one; what threads took that ended in between is lost. */
    long since(ProcessorTime before) {
        if (threads.isEmpty() || before.threads.isEmpty()) {
            return process - before.process;
        }
        return threads.entrySet().stream()
                .mapToLong(thread -> Math.max(0, thread.getValue() - before.threads.getOrDefault(thread.getKey(), 0L)))
                .sum();
    }
}
