package dev.pgwire.internal.result;

// HOT: a million rows a second pass here, see docs/decisions.md "The bulk writer"

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of an insertMany are in the statements that were sent and not yet answered. Rows are counted from 0, as they
 * come; the server executes in this order, so the one that fails is always the next.
 */
public final class RowPlaces {
    private final ArrayDeque<Run> unanswered = new ArrayDeque<>();
    /** The rows of the statements that were answered, or that went another way. */
    private long before;
    /** How many statements of the first run were answered. */
    private int executed;

    /** These rows went another way: by the COPY in front. */
    public void skip(int rows) {
        before += rows;
    }

    /** Statements are sent, each with this number of rows; the first may have to be parsed before. */
    public void expect(int statements, int rows, boolean parsed) {
        unanswered.add(new Run(statements, rows, parsed));
    }

    /** The server has parsed what comes next. */
    public void parsed() {
        Run next = unanswered.poll();
        if (next != null) {
            unanswered.addFirst(new Run(next.statements, next.rows, true));
        }
    }

    /** The next statement was executed. */
    public void executed() {
        Run run = unanswered.peek();
        if (run == null) {
            return;
        }
        before += run.rows;
        executed++;
        if (executed == run.statements) {
            unanswered.remove();
            executed = 0;
        }
    }

    /** What the next failure is about; null if it is no row: a statement that cannot be parsed, or the commit. */
    @Nullable
    public String next() {
        Run run = unanswered.peek();
        return run == null || !run.parsed ? null : place(before, before + run.rows - 1);
    }

    /** How the message of a failure names rows. */
    public static String place(long first, long last) {
        return first == last
                ? "row " + first + " of insertMany"
                : "one of the rows " + first + " to " + last + " of insertMany";
    }

    private record Run(int statements, int rows, boolean parsed) {}
}
