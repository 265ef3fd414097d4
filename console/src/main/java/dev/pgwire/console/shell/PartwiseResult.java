package dev.pgwire.console.shell;

import dev.pgwire.console.output.Layout;
import dev.pgwire.console.output.Table;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.TransactionStatus;
import java.io.PrintStream;

/** A SELECT with {@code FETCH_COUNT}: its rows come and are printed some at a time, by way of a cursor. */
final class PartwiseResult {
    private static final String CURSOR = "_psql_cursor";

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
        long before = 0;
        boolean begins = true;
        while (true) {
            Answer answer = statements.answer("FETCH FORWARD " + count + " FROM " + CURSOR);
            if (results.stores()) {
                boolean stored = results.store(answer);
                if (stored) {
                    statements.succeeded(answer);
                }
                return stored;
            }
            boolean ends = answer.size() < count;
            if (!print(answer, new Table.Part(begins, ends, before))) {
                return false;
            }
            before += answer.size();
            begins = false;
            if (ends) {
                statements.succeeded(answer);
                shell.variables().set("ROW_COUNT", String.valueOf(before));
                return true;
            }
        }
    }

    private boolean print(Answer answer, Table.Part part) {
        PrintStream stream = results.stream();
        if (stream == null) {
            return false;
        }
        Layout layout = shell.layout();
        layout.print(answer.table(layout.nullText()).withTitle(layout.title()).withPart(part), stream);
        stream.flush();
        return true;
    }
}
