package dev.pgwire.observe;

/** How a statement is run. */
public enum StatementKind {
    /** By {@code execute} and its like: one statement, or several in one string. */
    STATEMENT,
    /** By {@code executeSimple}. */
    SIMPLE_QUERY,
    /** By {@code executeMany}: one statement for many sets of values. */
    BATCH,
    /** By {@code insertMany}, in whatever way. */
    INSERT,
    /** By {@code callProc}. */
    CALL,
    /** In a pipeline, which answers all of its statements at its end. */
    PIPELINED,
    /** Rows of a cursor of the server, which is declared as a {@link #STATEMENT}, or a page of a result behind its first one. */
    FETCH,
    /** A COPY to the server. */
    COPY_IN,
    /** A COPY from the server. */
    COPY_OUT
}
