package dev.pgwire.bench.run;

/**
 * How a run is logged.
 *
 * @param prefix what the names of the files begin with
 * @param samplingRate the share of the transactions that are logged, more than 0 and at most 1
 * @param intervalSeconds how long an interval is that is logged as one; 0 to log each transaction
 * @param detailed whether failures are logged by kind
 */
public record LogSettings(String prefix, double samplingRate, int intervalSeconds, boolean detailed) {}
