package dev.pgwire.console.shell;

import dev.pgwire.Cursor;
import dev.pgwire.console.copy.CopyDirection;
import dev.pgwire.console.copy.CopyTransfer;
import dev.pgwire.console.output.RawText;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.output.Timing;
import dev.pgwire.console.system.PrintoutInterrupted;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.TransactionStatus;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Sends the user's statements, with what psql's variables put around them. */
public final class Statements {
    private static final String SAVEPOINT = "pg_psql_temporary_savepoint";

    private final Shell shell;
    private @Nullable String running;
    private boolean savepointIsGone;

    Statements(Shell shell) {
        this.shell = shell;
    }

    /** What is running, to show where in it a notice points; null for nothing. */
    @Nullable
    String running() {
        return running;
    }

    /** Sends a string as the user has entered it. */
    public boolean send(String sql) {
        Delivery delivery = shell.takeDelivery();
        try {
            if (sql.isBlank()) {
                return true;
            }
            return SingleStep.allows(shell, sql) && sendDelivered(sql, delivery);
        } finally {
            if (delivery.restored() != null) {
                shell.layout(delivery.restored());
            }
            shell.out().flush();
        }
    }

    /** Sends it for {@code \watch}, which tells no variable of it; whether it is to be sent again. */
    public boolean repeat(String sql) {
        long begin = System.nanoTime();
        Results results = new Results(shell, new Delivery());
        boolean success = execute(sql, results, false);
        if (shell.isTiming()) {
            shell.out().append(Timing.line(System.nanoTime() - begin)).append('\n');
        }
        shell.out().flush();
        return success && !Thread.currentThread().isInterrupted();
    }

    private boolean sendDelivered(String sql, Delivery delivery) {
        if (shell.isSet("ECHO", "queries")) {
            echo(sql);
        }
        long begin = System.nanoTime();
        if (status() == TransactionStatus.IDLE
                && !shell.variables().isOn("AUTOCOMMIT")
                && TransactionWords.needBegin(sql)) {
            if (!quietly("BEGIN")) {
                return false;
            }
        }
        boolean savepoint = status() == TransactionStatus.IN_TRANSACTION && rollsBackErrors();
        if (savepoint && !quietly("SAVEPOINT " + SAVEPOINT)) {
            return false;
        }
        savepointIsGone = false;
        boolean success = deliver(sql, delivery);
        if (!success && shell.isSet("ECHO", "errors")) {
            shell.messages().report("STATEMENT:  " + sql);
        }
        if (savepoint) {
            success &= endSavepoint();
        }
        if (shell.isTiming()) {
            shell.out().append(Timing.line(System.nanoTime() - begin)).append('\n');
        }
        shell.notifications().printThoseThatCame();
        return success;
    }

    private boolean deliver(String sql, Delivery delivery) {
        Results results = new Results(shell, delivery);
        try {
            int fetchCount = fetchCount();
            if (delivery.describes()) {
                return new Description(shell, results).of(sql);
            }
            if (fetchCount > 0
                    && !delivery.executes()
                    && delivery.crosstab() == null
                    && TransactionWords.isSelect(sql)) {
                return new PartwiseResult(shell, results, fetchCount).run(sql);
            }
            return execute(sql, results, true);
        } finally {
            results.close();
        }
    }

    /** Every result is printed when the next one has come, as psql does it: what is said meanwhile comes before it. */
    boolean execute(String sql, Results results, boolean setsVariables) {
        CopyDirection direction = CopyDirection.of(sql);
        Boolean copied = direction == CopyDirection.NONE || RawText.invalid(sql) != null
                ? null
                : new CopyTransfer(shell, results).run(sql, direction, setsVariables);
        return copied != null ? copied : executeSimply(sql, results, setsVariables);
    }

    private boolean executeSimply(String sql, Results results, boolean setsVariables) {
        boolean success = true;
        Answer read = null;
        try (Cursor cursor = shell.connection().cursor()) {
            start(cursor, sql);
            do {
                Answer next = Answer.read(cursor);
                if (read != null) {
                    success &= results.print(read, false);
                }
                read = next;
                noteSavepoint(read);
            } while (cursor.nextSet());
        } catch (PgException e) {
            if (read != null) {
                print(read, results, false);
            }
            return failed(e, setsVariables);
        } finally {
            running = null;
        }
        success &= print(read, results, true);
        if (success && setsVariables) {
            succeeded(read);
        }
        return success;
    }

    private boolean print(@Nullable Answer answer, Results results, boolean last) {
        try {
            return answer == null || results.print(answer, last);
        } catch (PrintoutInterrupted e) {
            shell.out().append('\n');
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public boolean failed(PgException failure, boolean setsVariables) {
        shell.tell(failure);
        if (setsVariables) {
            String state = failure instanceof DatabaseException error ? error.sqlState() : "";
            String message = failure instanceof DatabaseException error && error.diagnostic() != null
                    ? error.diagnostic().message()
                    : String.valueOf(failure.getMessage());
            shell.variables().set("ERROR", "true");
            shell.variables().set("SQLSTATE", state);
            shell.variables().set("ROW_COUNT", "0");
            shell.variables().set("LAST_ERROR_SQLSTATE", state);
            shell.variables().set("LAST_ERROR_MESSAGE", message);
        }
        return false;
    }

    public void succeeded(@Nullable Answer answer) {
        shell.variables().set("ERROR", "false");
        shell.variables().set("SQLSTATE", "00000");
        shell.variables().set("ROW_COUNT", answer == null ? "0" : answer.count());
    }

    private void start(Cursor cursor, String sql) {
        byte[] invalid = RawText.invalid(sql);
        if (invalid != null) {
            throw refusal(cursor, invalid);
        }
        running = sql;
        cursor.executeSimple(sql);
    }

    /** A query of the console's own. */
    Table query(String sql) {
        if (!shell.isSet("ECHO_HIDDEN", "off")) {
            shell.out().append("********* QUERY **********\n" + sql + "\n**************************\n\n");
            shell.out().flush();
        }
        return answer(sql).table(null);
    }

    /** The answer to one statement, of which nothing is told. */
    Answer answer(String sql) {
        try (Cursor cursor = shell.connection().cursor()) {
            start(cursor, sql);
            return Answer.read(cursor);
        } finally {
            running = null;
        }
    }

    public boolean quietly(String sql) {
        return shell.attempt(() -> answer(sql));
    }

    /** What runs is told in another way than by {@link #execute}; null when it has ended. */
    public void running(@Nullable String sql) {
        running = sql;
    }

    private void echo(String sql) {
        RawText.print(shell.out(), sql + "\n");
        shell.out().flush();
    }

    private int fetchCount() {
        String count = shell.variables().get("FETCH_COUNT");
        return count == null ? 0 : Integer.decode(count);
    }

    private boolean rollsBackErrors() {
        String value = shell.variables().get("ON_ERROR_ROLLBACK");
        return shell.variables().isOn("ON_ERROR_ROLLBACK")
                || "interactive".equalsIgnoreCase(value) && shell.input().isInteractive();
    }

    private void noteSavepoint(Answer answer) {
        String tag = answer.tag() == null ? "" : answer.tag();
        savepointIsGone |= switch (tag) {
            case "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK" -> true;
            default -> false;
        };
    }

    private boolean endSavepoint() {
        return switch (status()) {
            case FAILED -> quietly("ROLLBACK TO " + SAVEPOINT);
            case IN_TRANSACTION -> savepointIsGone || quietly("RELEASE " + SAVEPOINT);
            case IDLE -> true;
        };
    }

    private TransactionStatus status() {
        return shell.connection().transactionStatus();
    }

    /** As the server refuses bytes that are no UTF-8, which a String cannot bring to it. */
    private DatabaseException refusal(Cursor cursor, byte[] invalid) {
        if (status() == TransactionStatus.IN_TRANSACTION) {
            failTheTransaction(cursor, invalid);
        }
        StringBuilder message = new StringBuilder("invalid byte sequence for encoding \"UTF8\":");
        for (byte b : invalid) {
            message.append(" 0x").append(HexFormat.of().toHexDigits(b));
        }
        return new DataException(SqlState.CHARACTER_NOT_IN_REPERTOIRE, message.toString(), null);
    }

    /** What follows must not be committed without the statement that was refused. */
    private void failTheTransaction(Cursor cursor, byte[] invalid) {
        try {
            cursor.executeSimple("SELECT pg_catalog.convert_from(pg_catalog.decode('"
                    + HexFormat.of().formatHex(invalid) + "', 'hex'), 'UTF8')");
        } catch (DatabaseException expected) {
            if (shell.connection().isClosed()) {
                throw expected;
            }
        }
    }
}
