package dev.pgwire.bench.run;

/** What became of the transactions of a script, or of all. Times are in milliseconds. Not thread-safe. */
public final class Tally {
    private Summary latency = new Summary();
    private Summary lag = new Summary();
    private long skipped;
    private long late;
    private long serializationFailures;
    private long deadlocks;
    private long retried;
    private long retries;

    /** One that was done. */
    void done(double latencyMillis, double lagMillis, boolean isLate) {
        latency.add(latencyMillis);
        lag.add(lagMillis);
        late += isLate ? 1 : 0;
    }

    void skip() {
        skipped++;
    }

    void failed(Failure failure) {
        if (failure == Failure.DEADLOCK) {
            deadlocks++;
        } else {
            serializationFailures++;
        }
    }

    void tried(int tries) {
        retried += tries > 1 ? 1 : 0;
        retries += tries - 1;
    }

    void add(Tally other) {
        latency.add(other.latency);
        lag.add(other.lag);
        skipped += other.skipped;
        late += other.late;
        serializationFailures += other.serializationFailures;
        deadlocks += other.deadlocks;
        retried += other.retried;
        retries += other.retries;
    }

    /** What came since an earlier state. */
    Tally since(Tally earlier) {
        Tally later = new Tally();
        later.latency = latency.since(earlier.latency);
        later.lag = lag.since(earlier.lag);
        later.skipped = skipped - earlier.skipped;
        later.late = late - earlier.late;
        later.serializationFailures = serializationFailures - earlier.serializationFailures;
        later.deadlocks = deadlocks - earlier.deadlocks;
        later.retried = retried - earlier.retried;
        later.retries = retries - earlier.retries;
        return later;
    }

    /** How many transactions were done. */
    public long done() {
        return latency.count();
    }

    /** Those that were done, from when they were due. */
    public Summary latency() {
        return latency;
    }

    /** From when a transaction was due to when it began. */
    public Summary lag() {
        return lag;
    }

    /** How many were not begun, since they were late already. */
    public long skipped() {
        return skipped;
    }

    /** How many took longer than the limit. */
    public long late() {
        return late;
    }

    public long serializationFailures() {
        return serializationFailures;
    }

    public long deadlocks() {
        return deadlocks;
    }

    /** How many transactions were tried more than once. */
    public long retried() {
        return retried;
    }

    /** How often. */
    public long retries() {
        return retries;
    }

    /** How many failed for good. */
    public long failures() {
        return serializationFailures + deadlocks;
    }

    /** All of them, whatever became of them. */
    public long all() {
        return done() + skipped + failures();
    }
}
