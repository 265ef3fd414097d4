package dev.pgwire.console.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RoundTripsTest {
    @Test
    void timesAreSortedIntoMedianAndPercentile() {
        long[] nanos = new long[1_000];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = (i + 1) * 1_000L;
        }
        RoundTrips trips = new RoundTrips(nanos);
        assertEquals(500_000, trips.percentile(50));
        assertEquals(990_000, trips.percentile(99));
        assertEquals("median 0.50 ms, p99 0.99 ms (1,000 of SELECT 1)", trips.toString());
        assertEquals(7, new RoundTrips(new long[] {7}).percentile(50));
        assertEquals(7, new RoundTrips(new long[] {7}).percentile(99));
    }
}
