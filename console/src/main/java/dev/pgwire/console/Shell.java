package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import java.io.PrintStream;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs SQL on the connection and prints what comes back. */
final class Shell {
    private final Connection connection;
    private final PrintStream out;
    private final Messages messages;
    private final Variables variables = new Variables();
    private Layout layout;
    private boolean quiet;
    private boolean timing;

    Shell(Connection connection, PrintStream out, Messages messages, Layout layout) {
        this.connection = connection;
        this.out = out;
        this.messages = messages;
        this.layout = layout;
        connection.onNotice(messages::notice);
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

    Variables variables() {
        return variables;
    }

    Layout layout() {
        return layout;
    }

    void layout(Layout newLayout) {
        layout = newLayout;
    }

    boolean isQuiet() {
        return quiet;
    }

    void quiet(boolean newQuiet) {
        quiet = newQuiet;
    }

    boolean isTiming() {
        return timing;
    }

    void timing(boolean newTiming) {
        timing = newTiming;
    }

    /** Sends a string, of one statement or several, and prints every result. False if there was an error. */
    boolean run(String sql) {
        long begin = System.nanoTime();
        boolean success = attempt(() -> {
            try (Cursor cursor = connection.cursor()) {
                cursor.executeSimple(sql);
                do {
                    print(cursor);
                } while (cursor.nextSet());
            }
        });
        if (timing) {
            out.append(Timing.line(System.nanoTime() - begin)).append('\n');
        }
        out.flush();
        return success;
    }

    /** Whether there is no going on, which is then told. */
    boolean hasLostConnection() {
        boolean lost = connection.isClosed();
        if (lost) {
            messages.error("connection to server was lost");
        }
        return lost;
    }

    /** Does something with the connection and tells of the error if there is one. */
    boolean attempt(Runnable action) {
        try {
            action.run();
            return true;
        } catch (DatabaseException e) {
            messages.report(e.report());
        } catch (PgException e) {
            messages.error(String.valueOf(e.getMessage()));
        }
        return false;
    }

    /** The rows of a query of the console's own. */
    Table query(String sql) {
        try (Cursor cursor = connection.cursor()) {
            cursor.executeSimple(sql);
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
            headings.add(Table.Heading.of(column.name(), column.typeOid()));
        }
        return Table.of(headings, new Texts(rows));
    }

    /** The rows as text, made when it is looked at: of a large result only the server's bytes are kept. */
    private static final class Texts extends AbstractList<List<@Nullable String>> {
        private final Rows rows;

        Texts(Rows rows) {
            this.rows = rows;
        }

        @Override
        public List<@Nullable String> get(int index) {
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
