package dev.pgwire.type;

/**
 * How much an occurrence of a word counts in a text search. The order is that of the server: D is the lowest, and what a position
 * has that says nothing else. Source: PostgreSQL manual, 8.11 Text Search Types.
 */
public enum TsWeight {
    /** The lowest, which is not printed; by default for the body of a text. */
    D,
    /** Above D. */
    C,
    /** Above C. */
    B,
    /** The highest, for example for a title. */
    A
}
