package dev.pgwire;

import dev.pgwire.internal.cursor.OpenCursor;
import dev.pgwire.internal.session.RowStream;
import dev.pgwire.internal.session.Session;
import dev.pgwire.internal.sql.CursorSql;
import dev.pgwire.observe.StatementKind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One FETCH after the other, each of as many rows as the call at hand still wants. */
final class FetchSteps implements RowStream.Sequel {
    private final Connection connection;
    private final OpenCursor cursor;
    private final Supplier<String> shown;
    /** How many rows the call at hand wants, and how many were read before it. */
    private int wanted;

    private long readBefore;
    /** How many rows were given by the FETCHes that are over. */
    private long fetched;
    /** How many rows the FETCH at hand was to give; 0 if there is none. */
    private int asked;
    /** Whether there were fewer rows than asked for: then the server is one behind the last row. */
    private boolean atEnd;
    /** Whether it was moved behind the last row, which is a place of its own, or has stood there when it was taken over. */
    private boolean isBehind;

    /**
     * Of a cursor of which nothing was fetched.
     *
     * @param shown how a FETCH of it is named
     */
    FetchSteps(Connection connection, OpenCursor cursor, Supplier<String> shown) {
        this.connection = connection;
        this.cursor = cursor;
        this.shown = shown;
        cursor.countsOn();
    }

    /** Whether it was moved behind the last row, or has stood there. */
    boolean isBehind() {
        return isBehind;
    }

    /** It was moved behind the last row, or not. */
    void movedBehind(boolean behind) {
        isBehind = behind;
    }

    /** The call at hand wants a number of rows, behind those that were read. */
    void wants(int rows, long read) {
        wanted = rows;
        readBefore = read;
    }

    /** Nothing that was fetched counts any more. */
    void clear() {
        fetched = 0;
        asked = 0;
        atEnd = false;
        isBehind = false;
    }

    private void count() {
        if (asked > 0) {
            fetched += cursor.lastRows();
            isBehind = cursor.lastRows() == 0 && cursor.wasOffRows();
            atEnd = cursor.lastRows() < asked && !isBehind;
            asked = 0;
        }
    }

    /** Goes on over rows that were fetched; returns how many there were, at most that number. */
    int skip(@Nullable RowStream read, int most) {
        int skipped = 0;
        if (read != null && !cursor.hasFailed()) {
            wants(0, read.rowNumber());
            while (skipped < most && read.take() != null) {
                skipped++;
            }
        }
        return skipped;
    }

    /** Forgets the rows that were not read, and gives how many rows the server is ahead of them. */
    long drop(@Nullable RowStream read) {
        if (read == null) {
            return 0;
        }
        long consumed = read.rowNumber();
        read.discard();
        count();
        long ahead = fetched - consumed + (atEnd ? 1 : 0);
        fetched = consumed;
        atEnd = false;
        return ahead;
    }

    @Override
    public @Nullable RowStream next() {
        count();
        if (atEnd || isBehind) {
            return null;
        }
        int more = wanted == CursorSql.ALL ? CursorSql.ALL : (int) (wanted - (fetched - readBefore));
        if (more <= 0) {
            return null;
        }
        Session session = connection.session();
        RowStream next = session.stream(
                StatementKind.FETCH, cursor.fetching(session.dispatch(), more), shown.get(), connection.deadline());
        asked = more;
        return next;
    }

    /** The cursor is closed as a whole. */
    @Override
    public void close() {}
}
