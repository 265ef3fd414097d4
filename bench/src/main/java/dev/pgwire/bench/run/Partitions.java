package dev.pgwire.bench.run;

/**
 * The parts of the table of accounts.
 *
 * @param method range or hash
 * @param count how many there are
 */
public record Partitions(String method, int count) {}
