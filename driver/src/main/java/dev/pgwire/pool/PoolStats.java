package dev.pgwire.pool;

import java.time.Duration;

/**
 * What a pool is doing, at one moment, and what it has done since it was made.
 *
 * @param maxSize how many connections there may be
 * @param size how many there are that are lent, beside the lanes
 * @param idle how many of them wait to be borrowed
 * @param borrowed how many of them are borrowed
 * @param connecting how many are being made
 * @param waiting how many borrowers wait
 * @param borrows how many times a connection was borrowed
 * @param waits how many of these had to wait
 * @param waited how long all of them have waited together
 * @param timeouts how many borrowers got none within the time
 * @param refusals how many borrowers were refused, because too many waited
 * @param connects how many connections were made
 * @param connectFailures how many could not be made
 * @param retired how many were closed because of their age, because they were idle, to make room, or because the pool was closed
 * @param lost how many were found closed by the server, or did not stand their validation
 * @param discarded how many were closed when they were given back, since they could not be made clean
 * @param validations how many times the server was asked whether a connection is still good
 * @param resets how many times a session was reset on the server
 * @param leaks how many were reported as leaks
 * @param lanes how many connections are open that the statements of {@link Pool#execute} share
 * @param inFlight how many statements are on them
 * @param shared how many statements were given to them since the beginning
 */
public record PoolStats(
        int maxSize,
        int size,
        int idle,
        int borrowed,
        int connecting,
        int waiting,
        long borrows,
        long waits,
        Duration waited,
        long timeouts,
        long refusals,
        long connects,
        long connectFailures,
        long retired,
        long lost,
        long discarded,
        long validations,
        long resets,
        long leaks,
        int lanes,
        int inFlight,
        long shared) {}
