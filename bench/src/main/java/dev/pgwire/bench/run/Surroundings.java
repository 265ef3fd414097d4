package dev.pgwire.bench.run;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What this process and the machine have used up to now, or in a time.
 *
 * @param nanos the time
 * @param cpuNanos the processor's time of this process, with its compiler and collector
 * @param loopNanos of which that of the event loops
 * @param collections how many garbage collections there were
 * @param collectionMillis how long they took
 * @param stolen the processors' time that the hypervisor gave to others, in ticks; -1 if the system does not tell
 * @param ticks the time of all processors, in ticks
 */
public record Surroundings(
        long nanos, long cpuNanos, long loopNanos, long collections, long collectionMillis, long stolen, long ticks) {
    private static final Path STAT = Path.of("/proc/stat");
    private static final int STEAL = 8;
    private static final int GUEST = 9;

    static Surroundings now(List<Worker> workers) {
        long collections = 0;
        long collectionMillis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, collector.getCollectionCount());
            collectionMillis += Math.max(0, collector.getCollectionTime());
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long loopNanos = 0;
        for (Worker worker : workers) {
            Thread loop;
            synchronized (worker) {
                loop = worker.loop();
            }
            if (loop != null && threads.isThreadCpuTimeSupported()) {
                loopNanos += Math.max(0, threads.getThreadCpuTime(loop.getId()));
            }
        }
        long[] machine = machineTicks();
        return new Surroundings(
                System.nanoTime(), processNanos(), loopNanos, collections, collectionMillis, machine[0], machine[1]);
    }

    private static long processNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /** The stolen ticks, and all. */
    private static long[] machineTicks() {
        try {
            String[] words = Files.readAllLines(STAT).get(0).trim().split("\\s+");
            long all = 0;
            for (int i = 1; i < Math.min(words.length, GUEST); i++) {
                all += Long.parseLong(words[i]);
            }
            return new long[] {words.length > STEAL ? Long.parseLong(words[STEAL]) : -1, all};
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException none) {
            return new long[] {-1, 0};
        }
    }

    /** What was used since an earlier time. */
    Surroundings since(Surroundings earlier) {
        return new Surroundings(
                nanos - earlier.nanos,
                cpuNanos - earlier.cpuNanos,
                loopNanos - earlier.loopNanos,
                collections - earlier.collections,
                collectionMillis - earlier.collectionMillis,
                stolen < 0 ? -1 : stolen - earlier.stolen,
                ticks - earlier.ticks);
    }

    public double seconds() {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** The share of the machine's time that was stolen, 0 to 1. */
    public double stolenShare() {
        return stolen <= 0 || ticks <= 0 ? 0 : stolen / (double) ticks;
    }

    /** How busy the event loops were, 0 to 1. */
    public double loopShare(int loops) {
        return loopNanos / (double) nanos / loops;
    }

    /** The share of the time in which the collector ran, 0 to 1. */
    public double collectionShare() {
        return TimeUnit.MILLISECONDS.toNanos(collectionMillis) / (double) nanos;
    }
}
