package dev.pgwire.bench.script;

/**
 * Random numbers by xoroshiro128**, of Blackman and Vigna, seeded by splitmix64: what PostgreSQL 15 and later use, so that a seed gives
 * the values that pgbench draws with it. Belongs to one thread at a time.
 */
public final class RandomSource {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long low;
    private long high;

    /** A source that begins with a seed. */
    public RandomSource(long seed) {
        long first = seed + GOLDEN;
        low = mixed(first);
        high = mixed(first + GOLDEN);
        if (low == 0 && high == 0) {
            // The generator would give zeros for ever; any other state will do.
            low = 0x5851F42D4C957F2DL;
            high = 0x14057B7EF767814FL;
        }
    }

    /** A source of its own, seeded by this one. */
    public RandomSource split() {
        return new RandomSource(nextLong());
    }

    /** Goes on as another one would. */
    public void set(RandomSource other) {
        low = other.low;
        high = other.high;
    }

    private static long mixed(long state) {
        long value = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        value = (value ^ (value >>> 27)) * 0x94D049BB133111EBL;
        return value ^ (value >>> 31);
    }

    /** Any of the 2^64 values. */
    public long nextLong() {
        long first = low;
        long difference = first ^ high;
        low = Long.rotateLeft(first, 24) ^ difference ^ (difference << 16);
        high = Long.rotateLeft(difference, 37);
        return Long.rotateLeft(first * 5, 7) * 9;
    }

    /** A double that is at least 0 and less than 1, of 52 bits. */
    public double nextDouble() {
        return (nextLong() >>> 12) * 0x1p-52;
    }

    /** A value from 0 to {@code most}, both included; {@code most} is unsigned. Draws again what is beyond. */
    long upTo(long most) {
        if (most == 0) {
            return 0;
        }
        int shift = Long.numberOfLeadingZeros(most);
        long drawn;
        do {
            drawn = nextLong() >>> shift;
        } while (Long.compareUnsigned(drawn, most) > 0);
        return drawn;
    }

    /** A value from {@code least} to {@code most}, both included, each as likely as the others. */
    public long between(long least, long most) {
        return least + upTo(most - least);
    }

    /** A time of a Poisson process until the next event, rounded. */
    public long poisson(double mean) {
        return (long) (-Math.log(1 - nextDouble()) * mean + 0.5);
    }
}
