package dev.pgwire.benchmarks.compare.contestant;

/** Takes the texts that were selected by key, and sums them up. */
public final class PointValues {
    private long count;
    private long sum;

    /** Takes a text. */
    public void add(String value) {
        count++;
        sum += value.hashCode();
    }

    /** Takes what another has taken. */
    public void addAll(PointValues other) {
        count += other.count;
        sum += other.sum;
    }

    /** How many there were. */
    public long count() {
        return count;
    }

    /** What they sum up to; 48 bits, which a double holds exactly. */
    public double checksum() {
        return sum & 0xFFFF_FFFF_FFFFL;
    }
}
