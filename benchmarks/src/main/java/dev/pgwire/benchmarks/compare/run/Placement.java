package dev.pgwire.benchmarks.compare.run;

/** Where client and server process run. */
public enum Placement {
    /** Where the kernel puts them. */
    ANYWHERE,
    /** Both on the same core. */
    ONE_CORE,
    /** Each on a core of its own. */
    CORE_EACH
}
