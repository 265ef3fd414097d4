package dev.pgwire.observe;

import java.util.Locale;

/** A statement that has ended, in one line of a log. */
final class StatementLine {
    private StatementLine() {}

    static String of(StatementEnd statement) {
        StatementStart start = statement.start();
        StringBuilder line = new StringBuilder();
        line.append(String.format(Locale.ROOT, "%.3f ms", statement.took().toNanos() / 1e6));
        Throwable failure = statement.failure();
        if (failure != null) {
            line.append(", failed (").append(failure.getMessage()).append(')');
        } else if (statement.rows() >= 0) {
            line.append(", ").append(statement.rows()).append(statement.rows() == 1 ? " row" : " rows");
        }
        line.append(", process ").append(Integer.toUnsignedString(start.place().processId()));
        line.append(": ").append(start.sql());
        return line.toString()
                .lines()
                .map(String::strip)
                .reduce((one, next) -> one + " " + next)
                .orElse("");
    }
}
