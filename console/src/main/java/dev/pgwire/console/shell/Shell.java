package dev.pgwire.console.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.console.input.SpecialVariables;
import dev.pgwire.console.input.Switch;
import dev.pgwire.console.input.Variables;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.output.RawText;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.output.Timing;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import java.io.PrintStream;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs SQL on the connection and prints what comes back. */
public final class Shell {
    private final Connection connection;
    private final PrintStream out;
    private final Messages messages;
    private final Variables variables = new Variables();
    private Layout layout;
    private boolean quiet;
    private boolean timing;
    private @Nullable String running;
    private @Nullable String restriction;

    public Shell(Connection connection, PrintStream out, Messages messages, Layout layout) {
        this.connection = connection;
        this.out = out;
        this.messages = messages;
        this.layout = layout;
        connection.onNotice(notice -> messages.notice(notice, running));
    }

    Connection connection() {
        return connection;
    }

    PrintStream out() {
        return out;
    }

    Messages messages() {
        return messages;
    }

    public Variables variables() {
        return variables;
    }

    Layout layout() {
        return layout;
    }

    void layout(Layout newLayout) {
        layout = newLayout;
    }

    /** Whether a backslash in plain quotes is a backslash, which the session can change at any time. */
    boolean hasStandardStrings() {
        return !"off".equals(connection.parameter("standard_conforming_strings"));
    }

    boolean isQuiet() {
        return quiet;
    }

    public void quiet(boolean newQuiet) {
        quiet = newQuiet;
    }

    boolean isTiming() {
        return timing;
    }

    void timing(boolean newTiming) {
        timing = newTiming;
    }

    /**
     * Sets a variable, and does what psql's own variables ask for. False, and a message, for a value that psql does not take.
     *
     * @throws EndOfScript if psql would run what follows in another way, which is not built
     */
    boolean set(String name, String given) throws EndOfScript {
        String value = SpecialVariables.kept(name, given);
        String error = SpecialVariables.error(name, value);
        if (error != null) {
            messages.error(error);
            return false;
        }
        String unbuilt = SpecialVariables.unbuilt(name, value);
        if (unbuilt != null) {
            throw messages.endOfScript(unbuilt);
        }
        keep(name, value);
        return true;
    }

    /** Sets a variable to what {@link SpecialVariables} has nothing against. */
    public void keep(String name, String value) {
        if (name.equals("QUIET")) {
            quiet = Switch.isOn(value);
        }
        variables.set(name, value);
    }

    /** Forgets a variable; one that is a switch is off then. */
    void unset(String name) throws EndOfScript {
        String value = SpecialVariables.keptWhenUnset(name);
        if (value == null) {
            variables.unset(name);
        } else {
            set(name, value);
        }
    }

    /**
     * Sends a string, of one statement or several, and prints every result. False if there was an error.
     *
     * @throws EndOfScript if the server asks for data, since those may be the lines that follow
     */
    public boolean run(String sql) throws EndOfScript {
        long begin = System.nanoTime();
        PgException failure = failureOf(() -> {
            try (Cursor cursor = connection.cursor()) {
                send(cursor, sql);
                do {
                    print(cursor);
                } while (cursor.nextSet());
            }
        });
        if (timing) {
            out.append(Timing.line(System.nanoTime() - begin)).append('\n');
        }
        out.flush();
        if (failure != null && isDataRefused(failure)) {
            throw messages.endOfScript();
        }
        return failure == null;
    }

    /** Whether the driver has refused a COPY FROM STDIN that the server had begun. */
    private static boolean isDataRefused(PgException failure) {
        return failure instanceof NotSupportedException refusal
                && refusal.diagnostic() == null
                && String.valueOf(refusal.getMessage()).startsWith("COPY FROM STDIN");
    }

    private void send(Cursor cursor, String sql) {
        byte[] invalid = RawText.invalid(sql);
        if (invalid != null) {
            throw refusal(cursor, invalid);
        }
        running = sql;
        cursor.executeSimple(sql);
    }

    /** As the server refuses bytes that are no UTF-8, which a String cannot bring to it. */
    private DatabaseException refusal(Cursor cursor, byte[] invalid) {
        if (connection.transactionStatus() == TransactionStatus.IN_TRANSACTION) {
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
            if (connection.isClosed()) {
                throw expected;
            }
        }
    }

    boolean isRestricted() {
        return restriction != null;
    }

    /** Refuses all commands until the key comes again: what lies between is a dump, which needs none. */
    void restrict(String key) {
        restriction = key;
    }

    /** Allows them again; what is wrong with the key, or null. */
    @Nullable
    String unrestrict(String key) {
        if (restriction == null) {
            return "not currently in restricted mode";
        }
        if (!restriction.equals(key)) {
            return "wrong key";
        }
        restriction = null;
        return null;
    }

    /** Whether there is no going on, which is then told. */
    public boolean hasLostConnection() {
        boolean lost = connection.isClosed();
        if (lost) {
            messages.error("connection to server was lost");
        }
        return lost;
    }

    /** Does something with the connection and tells of the error if there is one. */
    boolean attempt(Runnable action) {
        return failureOf(action) == null;
    }

    private @Nullable PgException failureOf(Runnable action) {
        try {
            action.run();
            return null;
        } catch (DatabaseException e) {
            messages.report(e.report());
            return e;
        } catch (PgException e) {
            messages.error(String.valueOf(e.getMessage()));
            return e;
        } catch (PrintoutInterrupted e) {
            out.append('\n');
            Thread.currentThread().interrupt();
            return null;
        } finally {
            running = null;
        }
    }

    /** The rows of a query of the console's own. */
    Table query(String sql) {
        try (Cursor cursor = connection.cursor()) {
            send(cursor, sql);
            List<Column> columns = cursor.description();
            return table(columns == null ? List.of() : columns, cursor.fetchAll());
        }
    }

    void print(Table table) {
        layout.print(table, out);
    }

    private void print(Cursor cursor) {
        List<Column> columns = cursor.description();
        if (columns == null) {
            printTag(cursor.statusMessage());
            return;
        }
        // Whole, as psql does it: an error in the middle of the rows must leave nothing behind.
        Rows rows = cursor.fetchAll();
        print(table(columns, rows));
        String tag = cursor.statusMessage();
        if (tag != null && tag.matches("(INSERT|UPDATE|DELETE|MERGE).*")) {
            printTag(tag);
        }
    }

    private void printTag(@Nullable String tag) {
        if (tag != null && !tag.isEmpty() && !quiet) {
            out.append(tag).append('\n');
        }
    }

    private static Table table(List<Column> columns, Rows rows) {
        List<Table.Heading> headings = new ArrayList<>();
        for (Column column : columns) {
            headings.add(Table.Heading.of(column.name(), (int) column.typeOid()));
        }
        return Table.of(headings, new Texts(rows));
    }

    /** Ctrl-C while rows are printed. */
    private static final class PrintoutInterrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The rows as text, made when it is looked at: of a large result only the server's bytes are kept. */
    private static final class Texts extends AbstractList<List<@Nullable String>> {
        private final Rows rows;

        Texts(Rows rows) {
            this.rows = rows;
        }

        @Override
        public List<@Nullable String> get(int index) {
            if (Thread.interrupted()) {
                throw new PrintoutInterrupted();
            }
            Row row = rows.get(index);
            List<@Nullable String> texts = new ArrayList<>(row.size());
            for (int i = 0; i < row.size(); i++) {
                byte[] raw = row.getRaw(i);
                texts.add(raw == null ? null : new String(raw, UTF_8));
            }
            return texts;
        }

        @Override
        public int size() {
            return rows.size();
        }
    }
}
