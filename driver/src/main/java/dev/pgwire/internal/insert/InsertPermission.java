package dev.pgwire.internal.insert;

/**
 * What may be done to a table in place of one INSERT for each row without another outcome. COPY does not know rules, takes
 * values for identity columns that INSERT refuses, is refused where row level security applies, and in binary does not
 * convert: a column must have the very type that its values were written as.
 *
 * @param unnest whether one INSERT may insert many rows: it is a table, without rules for INSERT
 * @param types whether the columns have the expected types
 * @param copy whether a COPY does what INSERT would
 */
record InsertPermission(boolean unnest, boolean types, boolean copy) {
    static final InsertPermission ALL = new InsertPermission(true, true, true);

    static final InsertPermission NONE = new InsertPermission(false, false, false);

    /** What is known of a table whose server has no such catalog. */
    static final InsertPermission UNKNOWN = new InsertPermission(false, true, false);
}
