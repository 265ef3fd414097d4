package dev.pgwire.internal.insert;

/** How rows can go into a table. */
public enum InsertWay {
    /** Bind and Execute for each row, one behind the other. */
    PIPELINED,
    /** {@code INSERT ... SELECT * FROM unnest(...)}: one statement for a chunk of rows, whose columns are arrays. */
    UNNEST,
    /** {@code COPY ... FROM STDIN (FORMAT binary)}. */
    COPY;

    /** From this number of rows on an UNNEST is worth asking what may be done to the table. Measured, see docs/decisions.md. */
    static final int UNNEST_FROM = 100;
    /** With more rows than this a COPY is quicker. Measured, too. */
    static final int MOST_UNNEST = 4_000;

    /**
     * The quickest way that does what INSERT does, as far as the statement and the first rows tell.
     *
     * @param binary whether the types of all columns have codecs and all values are of those types; else only Bind takes them
     * @param rows how many rows were seen; fewer than there are if they are wide, when all ways are as quick
     * @param more whether others follow
     */
    static InsertWay choose(InsertTarget target, boolean binary, int rows, boolean more) {
        // DO UPDATE may come to a row twice in a sequence of statements, in a single one that is an error.
        if (!binary || rows < UNNEST_FROM || target.mayUpdate()) {
            return PIPELINED;
        }
        return more && target.conflict() == null && target.returning() == null ? COPY : UNNEST;
    }

    /** The way that is left of this one when it is known what may be done to the table. */
    InsertWay permitted(InsertPermission permission) {
        if (this == COPY && !permission.copy()) {
            return UNNEST.permitted(permission);
        }
        return this == UNNEST && !permission.unnest() ? PIPELINED : this;
    }
}
