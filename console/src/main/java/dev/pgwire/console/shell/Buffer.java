package dev.pgwire.console.shell;

import dev.pgwire.console.input.StatementScanner;

/** The statement that is being entered, and the one that was sent last. */
public final class Buffer {
    private final StringBuilder statement = new StringBuilder();
    private final StatementScanner scanner;
    private String previous = "";

    Buffer(StatementScanner scanner) {
        this.scanner = scanner;
    }

    /** The text so far. */
    public StringBuilder statement() {
        return statement;
    }

    public String previous() {
        return previous;
    }

    /** What would be sent now. */
    public String next() {
        return statement.isEmpty() ? previous : statement.toString();
    }

    /** Forgets the statement, and what was open in it. */
    public void reset() {
        statement.setLength(0);
        scanner.reset();
    }

    public int parentheses() {
        return scanner.parentheses();
    }

    /** Takes back what was added since the statement was that long. */
    public void cut(int length, int parentheses) {
        statement.setLength(Math.min(length, statement.length()));
        scanner.parentheses(parentheses);
    }

    /** Takes the statement out, to be sent. */
    String take() {
        previous = next();
        statement.setLength(0);
        return previous;
    }
}
