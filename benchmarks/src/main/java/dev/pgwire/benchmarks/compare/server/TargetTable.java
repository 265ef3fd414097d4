package dev.pgwire.benchmarks.compare.server;

import dev.pgwire.benchmarks.compare.Extent;

/** The table {@code target}, without index or log, into which rows are inserted. */
public final class TargetTable {
    /** Its name. */
    public static final String NAME = "target";
    /** Its columns, in their order: int4, text, float8, timestamptz. */
    public static final String COLUMNS = "id, name, value, at";

    /** Copies rows into it, in text. */
    public static final String COPY = "COPY " + NAME + " (" + COLUMNS + ") FROM STDIN";

    static final String CREATE =
            "CREATE UNLOGGED TABLE target (id int4 NOT NULL, name text NOT NULL, value float8 NOT NULL,"
                    + " at timestamptz NOT NULL)";

    private TargetTable() {}

    /** The number of rows to insert. */
    public static int rows(Extent extent) {
        return extent.choose(200_000, 50_000);
    }

    /** Inserts one row; the parameters as the driver writes them. */
    public static String insert(String parameters) {
        return "INSERT INTO " + NAME + " (" + COLUMNS + ") VALUES (" + parameters + ")";
    }
}
