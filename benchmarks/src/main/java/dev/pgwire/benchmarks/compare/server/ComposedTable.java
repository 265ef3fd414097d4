package dev.pgwire.benchmarks.compare.server;

/**
 * The table {@code composed}: 100,000 rows of values with parts, about 300 bytes a row on the wire. There are an array of ten
 * numbers, one of five texts, a range, a timestamptz and a composite.
 */
public final class ComposedTable {
    /** Reads all of it, in the order in which it was written. */
    public static final String SELECT = "SELECT numbers, words, span, at, item FROM composed";

    static final String CREATE_ITEM = "CREATE TYPE item AS (id int4, name text, price float8)";

    static final String CREATE = """
            CREATE UNLOGGED TABLE composed WITH (autovacuum_enabled = off) AS
            SELECT ARRAY[g, 2, 3, g + 4, 5, 6, 7, -8, 9, 10 * g]::int4[] AS numbers,
                   ARRAY['one', 'number ' || g, 'three', 'fourth', 'five ' || g % 7]::text[] AS words,
                   int8range(g, g + 1000000000000) AS span,
                   timestamptz '2026-01-01 00:00:00+00' + g * interval '61.000001 s' AS at,
                   ROW(g, 'item ' || g, g / 8.0)::item AS item
            FROM generate_series(1, 100000) g
            """;

    private ComposedTable() {}
}
