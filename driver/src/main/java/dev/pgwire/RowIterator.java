package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.session.RowStream;
import dev.pgwire.row.Row;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Takes the rows of one answer of a cursor, and refuses to go on when the cursor has another answer. */
final class RowIterator implements Iterator<Row> {
    private final CurrentResult cursor;
    private final RowStream rows;
    private @Nullable Row ahead;

    RowIterator(CurrentResult cursor, RowStream rows) {
        this.cursor = cursor;
        this.rows = rows;
    }

    @Override
    public boolean hasNext() {
        if (rows != cursor.answer()) {
            throw new InterfaceException("the cursor has run another statement since the iteration began, expected"
                    + " a cursor of its own for that");
        }
        if (ahead == null) {
            ahead = rows.take();
        }
        return ahead != null;
    }

    @Override
    public Row next() {
        Row row = hasNext() ? ahead : null;
        if (row == null) {
            throw new NoSuchElementException("there are no more rows");
        }
        ahead = null;
        return row;
    }
}
