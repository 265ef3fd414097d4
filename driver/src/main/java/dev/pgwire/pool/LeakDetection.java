package dev.pgwire.pool;

/** How a pool finds out where connections were borrowed that are not given back. */
public enum LeakDetection {
    /** Not at all: a connection that is forgotten is lost to the pool. */
    OFF,
    /**
     * Reports each, and takes back those that the program cannot reach any more. One borrower in 64 keeps its stack, to be shown:
     * a leak that happens again and again is found. The default.
     */
    SAMPLED,
    /** As {@link #SAMPLED}, but each borrower keeps its stack, which costs a microsecond or several for each. */
    ALWAYS
}
