package dev.pgwire.console.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.Cursor;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.system.PrintoutInterrupted;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered to one statement.
 *
 * @param columns null if it returns no rows
 * @param rows all of them, as psql does it: an error in the middle of the rows must leave nothing behind
 */
public record Answer(
        @Nullable List<Column> columns,
        @Nullable Rows rows,
        @Nullable String tag) {
    static Answer read(Cursor cursor) {
        List<Column> columns = cursor.description();
        Rows rows = columns == null ? null : cursor.fetchAll();
        return new Answer(columns, rows, cursor.statusMessage());
    }

    boolean hasRows() {
        return columns != null;
    }

    int size() {
        return rows == null ? 0 : rows.size();
    }

    /** The number at the end of the tag, or 0. */
    String count() {
        String digits = tag == null ? "" : tag.replaceFirst(".*?(\\d*)$", "$1");
        return digits.isEmpty() ? "0" : digits;
    }

    List<Column> columnsOrNone() {
        return columns == null ? List.of() : columns;
    }

    @Nullable
    String value(int row, int column) {
        byte[] raw = rows == null ? null : rows.get(row).getRaw(column);
        return raw == null ? null : new String(raw, UTF_8);
    }

    /** The rows as they are shown, with a text for NULL. */
    Table table(@Nullable String nullText) {
        List<Table.Heading> headings = new ArrayList<>();
        for (Column column : columnsOrNone()) {
            headings.add(Table.Heading.of(column.name(), (int) column.typeOid()));
        }
        return Table.of(headings, rows == null ? List.of() : new Texts(rows, nullText));
    }

    /** The rows as text, made when it is looked at: of a large result only the server's bytes are kept. */
    private static final class Texts extends AbstractList<List<@Nullable String>> {
        private final Rows rows;
        private final @Nullable String nullText;

        Texts(Rows rows, @Nullable String nullText) {
            this.rows = rows;
            this.nullText = nullText;
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
                texts.add(raw == null ? nullText : new String(raw, UTF_8));
            }
            return texts;
        }

        @Override
        public int size() {
            return rows.size();
        }
    }
}
