package dev.pgwire.config;

/**
 * How it is found out where connections were made, or borrowed from a pool, that the program forgets instead of closing them. They are
 * reported as warnings of the logger {@code dev.pgwire}.
 */
public enum LeakDetection implements Choice {
    /** Not at all: a connection that is forgotten stays open on the server, and is lost to its pool. */
    OFF("off"),
    /**
     * Reports each that the program cannot reach any more, and closes it. Some keep the stack of their birth, to be shown: one
     * connection in 8, one borrower of a pool in 64. So a leak that happens again and again is found. The default.
     */
    SAMPLED("sampled"),
    /** As {@link #SAMPLED}, but each keeps its stack, which costs a microsecond or several. */
    ALWAYS("always");

    private final String text;

    LeakDetection(String text) {
        this.text = text;
    }

    /** The value as it stands in a connection string. */
    @Override
    public String text() {
        return text;
    }
}
