package dev.pgwire.internal.statement;

import dev.pgwire.internal.sql.SqlShape;

/** The way that a text goes to the server. A statement that is known is a way of its own: it is bound, and executed. */
public sealed interface Route
        permits PreparedStatement, Route.Preparable, Route.Unprepared, Route.Several, Route.Copied {
    /** What the text says by itself. */
    SqlShape shape();

    /** It is worth to be described: it has parameters whose types count, or rows that are better read in binary. */
    record Preparable(SqlShape shape) implements Route {}

    /** It is parsed, bound and executed at once. */
    record Unprepared(SqlShape shape) implements Route {}

    /** It is several statements, which only a simple Query takes. */
    record Several(SqlShape shape) implements Route {}

    /** It is a COPY, whose data would be read from the messages behind it. */
    record Copied(SqlShape shape) implements Route {}
}
