package dev.pgwire.internal.session;

// HOT: see DataRowBenchmark

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.answer.NextResult;
import dev.pgwire.internal.answer.NextRows;
import dev.pgwire.internal.column.BatchBuilder;
import dev.pgwire.internal.record.RecordMapper;
import dev.pgwire.internal.result.CopyResults;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowCounts;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.internal.row.KeptRows;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.internal.row.PageRows;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.row.Column;
import dev.pgwire.row.ColumnBatch;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.row.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request as it is read: result after result, row after row, each fetched from the connection when it is
 * asked for. Belongs to one thread.
 */
public final class RowStream {
    /** More of the same rows, behind an answer that was read to its end. */
    public interface Sequel {
        /** The answer that comes next; null if none does. Called when no row is at hand. */
        @Nullable
        RowStream next();

        /** What is left is not wanted any more. */
        void close();
    }

    private AnswerReader reader;
    private Results results;
    private @Nullable Result result;
    private @Nullable PageRow current;
    private @Nullable RowPage page;
    private int index;
    /** Where the rows of the current result end in the page. */
    private int end;

    private boolean onRow;
    private long rowNumber;
    /** Whether the whole answer is there: then only this reader touches it, and need not take the connection. */
    private boolean complete;
    /** Whether this is the answer to a statement of a pipeline, which no call has waited for yet. */
    private boolean pipelined;

    private @Nullable Sequel sequel;
    /** The answer of the sequel that is read: the connection knows it as its reader. */
    private @Nullable RowStream part;

    /** To be called by the thread that has taken the connection. */
    RowStream(AnswerReader reader, Results results) {
        this.reader = reader;
        this.results = results;
        this.complete = results.isDone();
        select(results.current());
    }

    /** The answer to a statement that was queued only; the pipeline is synced when it is first asked for. */
    static RowStream pipelined(AnswerReader reader, Results results) {
        RowStream stream = new RowStream(reader, results);
        stream.pipelined = true;
        return stream;
    }

    /** Has a sequel read when this was read to its end. Its rows count as those of this answer, and must have the same columns. */
    public RowStream followedBy(Sequel more) {
        sequel = more;
        return this;
    }

    private void settle() {
        if (pipelined) {
            reader.settle(results);
            pipelined = false;
        }
    }

    /** The columns of the current result; null if it has no rows by its nature. */
    public @Nullable List<Column> columns() {
        settle();
        RowPlan plan = result == null ? null : result.plan();
        return plan == null ? null : plan.columns();
    }

    /** The number of rows that the tag of the current result tells, -1 if it tells none or has not come within bounds. */
    public long rowCount() {
        Result known = arrived();
        return known == null ? -1 : known.rowCount();
    }

    /**
     * The rows that each set of values of a batch touched; those of any other statement as one number.
     *
     * @throws InterfaceException if results that have not been read are too much to be kept
     */
    public long[] rowCounts() {
        settle();
        RowCounts counts = results.counts();
        if (counts == null) {
            return result == null ? new long[0] : new long[] {rowCount()};
        }
        reader.complete(results);
        return counts.toArray();
    }

    /** The tag of the current result; null if it has none, or it has not come within bounds. */
    public @Nullable String tag() {
        Result known = arrived();
        return known == null ? null : known.tag();
    }

    /** How many rows of the current result were read. */
    public long rowNumber() {
        return rowNumber;
    }

    /** Goes on to the next result, forgetting the current one; returns whether there is one. */
    public boolean nextResult() {
        settle();
        index = end;
        onRow = false;
        // The results of a batch have their pages in common, which are given back when they were read.
        boolean more = complete && results.counts() != null ? NextResult.take(results) : reader.nextResult(results);
        select(more ? results.current() : null);
        if (!more && sequel != null) {
            sequel.close();
        }
        return more;
    }

    /** Goes on to the next row, which {@link #row} then shows; returns whether there is one. */
    public boolean next() {
        PageRow row = movable();
        onRow = false;
        RowPage at = advance();
        if (at == null) {
            return false;
        }
        row.moveTo(at, index);
        onRow = true;
        rowNumber++;
        return true;
    }

    /** The row that {@link #next} went to. It changes with the next call. */
    public Row row() {
        PageRow row = current;
        if (!onRow || row == null) {
            throw new InterfaceException("the cursor is on no row, expected next() to have returned true before");
        }
        return row;
    }

    /** The next row, for keeps; null if there is none. */
    public @Nullable Row take() {
        RowPlan plan = plan();
        onRow = false;
        RowPage at = advance();
        if (at == null) {
            return null;
        }
        rowNumber++;
        return at.keep(plan, index);
    }

    /** The next rows, for keeps; as many as are left, and at most that number. */
    public Rows take(int wanted) {
        RowPlan plan = plan();
        onRow = false;
        List<KeptRows> pages = new ArrayList<>();
        int taken = 0;
        while (taken < wanted) {
            RowPage at = advance();
            if (at == null) {
                break;
            }
            int part = Math.min(wanted - taken, end - index);
            pages.add(at.keep(index, index + part));
            index += part - 1;
            taken += part;
        }
        rowNumber += taken;
        return PageRows.of(plan, pages);
    }

    /** The next rows as columns; at most that number, fewer if they are large, and null if there is none. */
    public @Nullable ColumnBatch takeColumns(int wanted) {
        BatchBuilder batch = new BatchBuilder(plan());
        onRow = false;
        while (batch.size() < wanted && !batch.isFull()) {
            RowPage at = advance();
            if (at == null) {
                break;
            }
            int part = Math.min(wanted - batch.size(), end - index);
            rowNumber += part;
            batch.add(at, index, index + part);
            index += part - 1;
        }
        return batch.size() == 0 ? null : batch.build();
    }

    /** The rows that are left, at most that number, as records. */
    public <T extends Record> List<T> take(Class<T> type, int wanted) {
        RecordMapper<T> mapper = plan().mapper(type);
        List<T> values = new ArrayList<>();
        while (values.size() < wanted && next()) {
            values.add(mapper.map(row()));
        }
        return values;
    }

    /** The next rows of one page, where they lie: to be looked at up to the next call; null if there is none any more. */
    public @Nullable RowSlice slice() {
        plan();
        onRow = false;
        RowPage at = advance();
        if (at == null) {
            return null;
        }
        RowSlice rows = new RowSlice(at, index, end);
        rowNumber += end - index;
        index = end - 1;
        return rows;
    }

    /** What makes records of the rows of the current result. */
    public <T extends Record> RowMapper<T> mapper(Class<T> type) {
        return plan().mapper(type);
    }

    /**
     * Reads what is left and forgets it. The answer to a statement of a pipeline is not waited for: the pipeline tells of
     * its failure.
     *
     * @throws PgException the failure of the statement, if no call has thrown it yet
     */
    public void discard() {
        RowPage last = page;
        page = null;
        index = 0;
        end = 0;
        onRow = false;
        if (pipelined) {
            reader.forget(results, last);
        } else if ((last != null && last.isLent()) || !complete || !results.isUsedUp() || results.failure() != null) {
            reader.discard(results, last);
        }
        if (sequel != null) {
            sequel.close();
        }
    }

    /** As {@link #discard}, of a COPY that is not read on because its reader has failed: it is cancelled, and fails as well. */
    public void stop() {
        if (results instanceof CopyResults copy) {
            reader.stop(copy);
        }
        discard();
    }

    /** Checks that the current result has rows, or may have; throws {@link InterfaceException} if not. */
    public void requireRows() {
        plan();
    }

    private void select(@Nullable Result selected) {
        if (selected == null || selected != result) {
            current = null;
        }
        result = selected;
        index = end;
        onRow = false;
        rowNumber = 0;
    }

    /** Moves to the next row of the page, or of the next page; null at the end. */
    private @Nullable RowPage advance() {
        if (index + 1 < end) {
            index++;
            return page;
        }
        index = end;
        Result from = result;
        RowSlice slice = from == null ? null : nextRows(from, usedPage());
        while (slice == null) {
            from = goOn();
            if (from == null) {
                return null;
            }
            slice = nextRows(from, null);
        }
        page = slice.page();
        index = slice.from();
        end = slice.to();
        return page;
    }

    /** Goes on with the sequel; null if there is none. */
    private @Nullable Result goOn() {
        Sequel more = sequel;
        RowStream next = more == null ? null : more.next();
        if (next == null) {
            return null;
        }
        Result from = next.result;
        if (from == null || from.plan() != plan()) {
            next.discard();
            throw new InterfaceException(
                    "the rows that come next have other columns than those before, expected the same"
                            + " until the statement is executed again");
        }
        part = next;
        reader = next.reader;
        results = next.results;
        result = from;
        complete = next.complete;
        return from;
    }

    private @Nullable RowSlice nextRows(Result from, @Nullable RowPage used) {
        // To give a page back, the connection has to be taken.
        return complete && used == null ? NextRows.take(results, from) : reader.nextRows(results, from, used);
    }

    /** The page if all of its rows were read; then it is forgotten here. */
    private @Nullable RowPage usedPage() {
        RowPage at = page;
        if (at == null || end < at.size()) {
            return null;
        }
        page = null;
        index = 0;
        end = 0;
        return at;
    }

    private PageRow movable() {
        PageRow row = current;
        if (row == null) {
            row = PageRow.movable(plan());
            current = row;
        }
        return row;
    }

    private RowPlan plan() {
        settle();
        Result asked = result;
        if (asked == null) {
            throw new InterfaceException("there is no result any more, expected nextSet() to have returned true");
        }
        RowPlan plan = asked.plan();
        if (plan == null) {
            throw Result.withoutRows(asked.tag());
        }
        return plan;
    }

    /** How far it has come, without going any further. */
    @Override
    public String toString() {
        if (pipelined) {
            return "queued in a pipeline";
        }
        Result shown = result;
        if (shown == null) {
            return "no result";
        }
        RowPlan plan = shown.plan();
        String rows = plan == null ? "no rows" : "columns " + plan.shownNames() + ", row " + rowNumber;
        String tag = shown.tag();
        return tag == null ? rows : rows + ", " + tag;
    }

    private @Nullable Result arrived() {
        settle();
        Result known = result;
        if (known != null && known.tag() == null) {
            reader.complete(results, known);
        }
        return known;
    }
}
