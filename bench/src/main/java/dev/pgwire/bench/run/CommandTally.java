package dev.pgwire.bench.run;

/** What became of one command of a script. Not thread-safe. */
public final class CommandTally {
    private final Summary time = new Summary();
    private long failures;
    private long retries;

    void took(long nanos) {
        time.add(nanos / 1e6);
    }

    void failed() {
        failures++;
    }

    void retried() {
        retries++;
    }

    void add(CommandTally other) {
        time.add(other.time);
        failures += other.failures;
        retries += other.retries;
    }

    /** How long it took, in milliseconds. */
    public Summary time() {
        return time;
    }

    /** How often it failed for good. */
    public long failures() {
        return failures;
    }

    /** How often its transaction was tried again after it failed. */
    public long retries() {
        return retries;
    }
}
