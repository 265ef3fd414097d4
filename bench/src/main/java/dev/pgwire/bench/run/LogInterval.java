package dev.pgwire.bench.run;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The transactions of an interval, for one line of a log. Times are in microseconds. */
final class LogInterval {
    private final long begin;
    private final long length;
    private final Sums latency = new Sums();
    private final Sums lag = new Sums();
    private long done;
    private long skipped;
    private long retried;
    private long retries;
    private long serializationFailures;
    private long deadlocks;

    private static final class Sums {
        private boolean isEmpty = true;
        private double sum;
        private double squares;
        private double least;
        private double most;

        void add(double value) {
            sum += value;
            squares += value * value;
            least = isEmpty ? value : Math.min(least, value);
            most = isEmpty ? value : Math.max(most, value);
            isEmpty = false;
        }

        void write(StringBuilder out) {
            for (double value : new double[] {sum, squares, least, most}) {
                out.append(' ')
                        .append(new BigDecimal(value)
                                .setScale(0, RoundingMode.HALF_EVEN)
                                .toPlainString());
            }
        }
    }

    /** One that begins at a time since the epoch. */
    LogInterval(long begin, long length) {
        this.begin = begin;
        this.length = length;
    }

    long end() {
        return begin + length;
    }

    /** The one behind it, with nothing in it. */
    LogInterval next() {
        return new LogInterval(end(), length);
    }

    void done(long latencyMicros, long lagMicros, int tries) {
        done++;
        latency.add(latencyMicros);
        lag.add(lagMicros);
        tried(tries);
    }

    void skipped() {
        skipped++;
    }

    /** One that failed; {@link Failure#OTHER} if its kind is not asked for. */
    void failed(Failure failure, int tries) {
        serializationFailures += failure == Failure.SERIALIZATION ? 1 : 0;
        deadlocks += failure == Failure.DEADLOCK ? 1 : 0;
        tried(tries);
    }

    private void tried(int tries) {
        retried += tries > 1 ? 1 : 0;
        retries += tries - 1;
    }

    void write(StringBuilder out) {
        out.append(begin / 1_000_000).append(' ').append(done);
        latency.write(out);
        lag.write(out);
        out.append(' ').append(skipped).append(' ').append(retried).append(' ').append(retries);
        out.append(' ').append(serializationFailures).append(' ').append(deadlocks);
    }
}
