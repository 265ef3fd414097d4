package dev.pgwire.benchmarks.compare.run;

import dev.pgwire.benchmarks.compare.server.Way;

/** Under which conditions a work is done: where the processes run, and how they reach each other. */
public record Setting(Placement placement, Way way) {
    /** In the clear, wherever the kernel puts the processes. */
    public static final Setting USUAL = new Setting(Placement.ANYWHERE, Way.PLAIN);
}
