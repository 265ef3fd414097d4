package dev.pgwire.internal.result;

/** What a COPY TO STDOUT gives: as one result, which need not be read to its end. */
public final class CopyResults extends Results {
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
}
