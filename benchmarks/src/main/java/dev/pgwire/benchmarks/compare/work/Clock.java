package dev.pgwire.benchmarks.compare.work;

import java.util.Map;

/** The time that has gone by, and the time that the processor worked for this process, all its threads together. */
final class Clock {
    private final ProcessorTime cpu = ProcessorTime.now();
    private final long wall = System.nanoTime();

    /** Seconds since it was made. */
    double wallSeconds() {
        return (System.nanoTime() - wall) / 1e9;
    }

    /** Seconds of processor time since it was made. */
    double cpuSeconds() {
        return ProcessorTime.now().since(cpu) / 1e9;
    }

    /** Nanoseconds of both for each unit. */
    Map<String, Double> per(long units) {
        double wallSeconds = wallSeconds();
        return Map.of("wall", wallSeconds * 1e9 / units, "cpu", cpuSeconds() * 1e9 / units);
    }
}
