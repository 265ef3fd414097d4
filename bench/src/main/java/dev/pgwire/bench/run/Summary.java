package dev.pgwire.bench.run;

/** Count, sum and deviation of numbers. Not thread-safe. */
public final class Summary {
    private long count;
    private double sum;
    private double squares;
    private double most;

    void add(double value) {
        count++;
        sum += value;
        squares += value * value;
        most = Math.max(most, value);
    }

    void add(Summary other) {
        count += other.count;
        sum += other.sum;
        squares += other.squares;
        most = Math.max(most, other.most);
    }

    public long count() {
        return count;
    }

    /** 0 if there is none. */
    public double mean() {
        return count == 0 ? 0 : sum / count;
    }

    /** The standard deviation of all there are. */
    public double deviation() {
        double mean = mean();
        return count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean));
    }

    public double most() {
        return most;
    }

    /** What came since an earlier state. */
    Summary since(Summary earlier) {
        Summary later = new Summary();
        later.count = count - earlier.count;
        later.sum = sum - earlier.sum;
        later.squares = squares - earlier.squares;
        later.most = most;
        return later;
    }
}
