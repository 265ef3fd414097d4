package dev.pgwire.bench.run;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a run is made.
 *
 * @param clients how many there are
 * @param loops how many event loops they are spread over
 * @param mode how statements are sent
 * @param transactions how many each client runs; 0 to run for a time
 * @param seconds how long; 0 to run a number of transactions
 * @param warmUp how many seconds before are not counted
 * @param rate how many transactions are due in a second; 0 for as many as can be
 * @param limitNanos a transaction that takes longer is late; 0 for no limit
 * @param tries how often a transaction is tried after a serialization failure or a deadlock; 0 for any number
 * @param reconnects whether each transaction has a connection of its own
 * @param commands whether the time of each command is measured
 * @param verbose whether each failure is told
 * @param depth how many transactions of a client are on their way at a time, on one connection
 * @param lanes how many connections all clients share; 0 for one for each client
 * @param log how it is logged; null for no log
 */
public record Settings(
        int clients,
        int loops,
        Mode mode,
        int transactions,
        int seconds,
        int warmUp,
        double rate,
        long limitNanos,
        int tries,
        boolean reconnects,
        boolean commands,
        boolean verbose,
        int depth,
        int lanes,
        @Nullable LogSettings log) {
    /** The mean time between the transactions that a loop begins, in nanoseconds. */
    double meanNanos() {
        return rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / rate * loops;
    }

    /** The same at another rate. */
    public Settings at(double otherRate) {
        return new Settings(
                clients,
                loops,
                mode,
                transactions,
                seconds,
                warmUp,
                otherRate,
                limitNanos,
                tries,
                reconnects,
                commands,
                verbose,
                depth,
                lanes,
                log);
    }
}
