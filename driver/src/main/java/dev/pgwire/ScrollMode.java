package dev.pgwire;

/** What {@link ServerCursor#scroll} counts from. */
public enum ScrollMode {
    /** The row that was read last: 1 passes over a row, -1 has the last one read again. */
    RELATIVE,
    /** The beginning: 0 has the first row read next, 1 the second one. A negative number counts from the end: -2 has the last one read. */
    ABSOLUTE
}
