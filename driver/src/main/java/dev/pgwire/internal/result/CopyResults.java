package dev.pgwire.internal.result;

/** What a COPY TO STDOUT gives: as one result, which need not be read to its end. */
public final class CopyResults extends Results {
    /** More is not read of a COPY that is forgotten, where it can be cancelled. */
    public static final long MOST_DROPPED = 512 * 1024;

    private final Result result;
    private final boolean alone;

    /**
     * The results of a COPY.
     *
     * @param alone whether it is a transaction of its own, so that a cancel fails nothing else
     */
    public CopyResults(boolean alone) {
        this.result = new Result(null);
        this.alone = alone;
        add(result);
    }

    /** The one result. */
    public Result result() {
        return result;
    }

    /** Whether a cancel fails nothing but the COPY. */
    public boolean isAlone() {
        return alone;
    }

    /** Whether its reader has forgotten it, and more than {@link #MOST_DROPPED} bytes have come since: then a cancel is cheaper. */
    public boolean isToBeCancelled() {
        return alone && isDiscarded() && !isDone() && result.discardedBytes() > MOST_DROPPED;
    }
}
