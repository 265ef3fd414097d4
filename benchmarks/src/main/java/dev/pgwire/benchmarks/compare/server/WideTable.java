package dev.pgwire.benchmarks.compare.server;

import dev.pgwire.benchmarks.compare.Extent;

/**
 * The table {@code wide}: ten columns of mixed types, the last half NULL, about 131 bytes a row on the wire. It is a real
 * table, so that sending it costs the server a plain scan.
 */
public final class WideTable {
    /** Reads all of it, in the order in which it was written. */
    public static final String SELECT = "SELECT i4, i8, f8, n, t, b, tz, d, u, h FROM wide";

    /** Reads its columns of numbers. */
    public static final String SELECT_NUMBERS = "SELECT i4, i8, f8, n FROM wide";

    /** Copies all of it out, in text unless a format follows. */
    public static final String COPY = "COPY wide TO STDOUT";

    private WideTable() {}

    /** The number of rows. */
    public static int rows(Extent extent) {
        return extent.choose(1_000_000, 200_000);
    }

    static String create(Extent extent) {
        return """
                CREATE UNLOGGED TABLE wide AS
                SELECT g::int4 AS i4, g * 10000000019::int8 AS i8, sqrt(g) AS f8,
                       (g * 12345.67 %% 10000000)::numeric(12,2) AS n, 'row number ' || g AS t, g %% 3 = 0 AS b,
                       timestamptz '2026-01-01 00:00:00+00' + g * interval '61.000001 s' AS tz,
                       date '2000-01-01' + g %% 20000 AS d, md5(g::text)::uuid AS u,
                       CASE WHEN g %% 2 = 0 THEN 'half of these are null ' || g END AS h
                FROM generate_series(1, %d) g
                """.formatted(rows(extent));
    }
}
