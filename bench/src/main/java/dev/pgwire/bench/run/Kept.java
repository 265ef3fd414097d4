package dev.pgwire.bench.run;

import dev.pgwire.bench.script.Command;
import dev.pgwire.bench.script.ScriptException;
import dev.pgwire.bench.script.Variables;
import dev.pgwire.row.Answer;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that become variables. */
final class Kept {
    private Kept() {}

    /**
     * Keeps what a statement says to keep of its answer.
     *
     * @throws ScriptException if there is not one row where one is expected
     */
    static void keep(Command.Sql command, @Nullable Object came, Variables variables) {
        if (command.keep() == Command.Keep.NOTHING || !(came instanceof Answer answer)) {
            return;
        }
        for (Answer each = answer; each != null; each = each.next()) {
            List<Column> columns = each.description();
            boolean counts = command.keep() == Command.Keep.ALL || each.next() == null;
            if (counts && command.keep() == Command.Keep.LAST) {
                int count = columns == null ? 0 : each.rows().size();
                if (count != 1) {
                    throw new ScriptException("\\gset got " + count + " rows, expected one");
                }
            }
            if (counts && columns != null) {
                keep(command.prefix(), columns, each.rows(), variables);
            }
        }
    }

    private static void keep(String prefix, List<Column> columns, Rows rows, Variables variables) {
        if (!rows.isEmpty()) {
            Row last = rows.get(rows.size() - 1);
            for (int i = 0; i < columns.size(); i++) {
                String text = last.getString(i);
                variables.set(prefix + columns.get(i).name(), text == null ? "" : text);
            }
        }
    }
}
