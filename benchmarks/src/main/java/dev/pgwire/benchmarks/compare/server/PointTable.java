package dev.pgwire.benchmarks.compare.server;

/** The table {@code point}: 100,000 rows of a key and a text, for selects of one row. */
public final class PointTable {
    /** The number of rows; the keys are 1 to this. */
    public static final int ROWS = 100_000;

    static final String CREATE = "CREATE UNLOGGED TABLE point (k int4 PRIMARY KEY, v text NOT NULL)";
    static final String FILL =
            "INSERT INTO point SELECT g, 'the value of key ' || g FROM generate_series(1, " + ROWS + ") g";

    private PointTable() {}

    /** Selects the row of one key; the parameter as the driver writes it, {@code $1} or {@code ?}. */
    public static String select(String parameter) {
        return "SELECT v FROM point WHERE k = " + parameter;
    }
}
