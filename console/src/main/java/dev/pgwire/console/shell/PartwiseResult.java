package dev.pgwire.console.shell;

import dev.pgwire.console.output.Layout;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.system.Printout;
import dev.pgwire.console.system.PrintoutInterrupted;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.TransactionStatus;
import java.io.PrintStream;

/** A SELECT with {@code FETCH_COUNT}: its rows come and are printed some at a time, by way of a cursor. */
final class PartwiseResult {
    private static final String CURSOR = "_psql_cursor";
    private static final String FETCH = "FETCH FORWARD %d FROM " + CURSOR;

    private final Shell shell;
    private final Results results;
    private final int count;

    PartwiseResult(Shell shell, Results results, int count) {
        this.shell = shell;
        this.results = results;
        // That there is more than one row is to be found out.
        this.count = results.stores() ? 2 : count;
    }

    boolean run(String sql) {
        Statements statements = shell.statements();
        boolean own = shell.connection().transactionStatus() == TransactionStatus.IDLE;
        boolean success;
        try {
            if (own) {
                statements.answer("BEGIN");
            }
            statements.answer("DECLARE " + CURSOR + " NO SCROLL CURSOR FOR\n" + sql);
            success = fetch(statements);
            statements.answer("CLOSE " + CURSOR);
        } catch (PgException e) {
            success = statements.failed(e, true);
        } catch (PrintoutInterrupted e) {
            shell.out().append('\n');
            Thread.currentThread().interrupt();
            success = false;
        }
        if (own && !shell.connection().isClosed()) {
            success &= statements.quietly(success ? "COMMIT" : "ROLLBACK");
        }
        return success;
    }

    private boolean fetch(Statements statements) {
        Answer first = statements.answer(FETCH.formatted(count));
        if (results.stores()) {
            boolean stored = results.store(first);
            if (stored) {
                statements.succeeded(first);
            }
            return stored;
        }
        PrintStream stream = results.stream();
        if (stream == null) {
            return false;
        }
        boolean paged = first.size() == count && shell.results().pages(stream, shell.layout());
        try (Printout printout = paged ? shell.results().paged() : Printout.to(stream)) {
            return print(first, printout, statements);
        }
    }

    /** Prints the first rows, and then the others, of which there is no telling how many they are. */
    private boolean print(Answer first, Printout printout, Statements statements) {
        long before = 0;
        Answer answer = first;
        boolean goesOn = true;
        while (goesOn) {
            boolean ends = answer.size() < count;
            boolean read = print(answer, new Table.Part(before == 0, ends, before), printout);
            before += answer.size();
            goesOn = read && !ends;
            if (goesOn) {
                answer = statements.answer(FETCH.formatted(count));
            }
        }
        statements.succeeded(answer);
        shell.variables().set("ROW_COUNT", String.valueOf(before));
        return true;
    }

    private boolean print(Answer answer, Table.Part part, Printout printout) {
        Layout layout = shell.layout();
        Table table = answer.table(layout.nullText()).withTitle(layout.title()).withPart(part);
        return printout.print(out -> layout.print(table, out));
    }
}
