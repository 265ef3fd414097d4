package dev.pgwire.benchmarks.compare.contestant;

/** Takes the numbers of {@code wide}, row by row or column by column, and sums them up. */
public final class WideNumbers {
    private long rows;
    private long sum;

    /** Takes a row. */
    public void add(int i4, long i8, double f8, double n) {
        rows++;
        sum += i4 + i8 + Double.doubleToRawLongBits(f8) + Double.doubleToRawLongBits(n);
    }

    /** Takes the columns of some rows. */
    public void add(int[] i4, long[] i8, double[] f8, double[] n) {
        rows += i4.length;
        for (int i = 0; i < i4.length; i++) {
            sum += i4[i] + i8[i] + Double.doubleToRawLongBits(f8[i]) + Double.doubleToRawLongBits(n[i]);
        }
    }

    /** Takes no look at a row. */
    public void skip() {
        rows++;
    }

    /** The number of rows. */
    public long rows() {
        return rows;
    }

    /** What the values sum up to; 48 bits, which a double holds exactly. */
    public double checksum() {
        return (sum ^ sum >>> 48) & 0xFFFF_FFFF_FFFFL;
    }
}
