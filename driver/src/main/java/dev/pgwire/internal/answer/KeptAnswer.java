package dev.pgwire.internal.answer;

import dev.pgwire.error.ProgrammingException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.column.BatchBuilder;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowCounts;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.internal.row.KeptRows;
import dev.pgwire.internal.row.PageRows;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.row.Answer;
import dev.pgwire.row.Column;
import dev.pgwire.row.ColumnBatch;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.row.Rows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

// HOT: one for each statement of the asynchronous face

/** An answer that is there as a whole. Its pages are never given back: any thread may read them for ever. */
public final class KeptAnswer implements Answer {
    private static final RowSlice[] NO_ROWS = {};

    private final @Nullable RowPlan plan;
    private final RowSlice[] slices;
    private final int size;
    private final @Nullable String tag;
    private final long rowCount;
    private final long @Nullable [] rowCounts;
    private final @Nullable KeptAnswer next;

    private KeptAnswer(Result result, RowSlice[] slices, long @Nullable [] rowCounts, @Nullable KeptAnswer next) {
        this.plan = result.plan();
        this.slices = slices;
        int rows = 0;
        for (RowSlice slice : slices) {
            rows += slice.to() - slice.from();
        }
        this.size = rows;
        this.tag = result.tag();
        this.rowCount = result.rowCount();
        this.rowCounts = rowCounts;
        this.next = next;
    }

    private KeptAnswer(KeptAnswer one, @Nullable KeptAnswer next) {
        this.plan = one.plan;
        this.slices = one.slices;
        this.size = one.size;
        this.tag = one.tag;
        this.rowCount = one.rowCount;
        this.rowCounts = one.rowCounts;
        this.next = next;
    }

    /** Takes the rows of results that are complete, and have not failed. */
    public static Answer of(Results results) {
        RowCounts counts = results.counts();
        Result first = results.current();
        if (first == null) {
            return new KeptAnswer(new Result(null), NO_ROWS, counts == null ? null : counts.toArray(), null);
        }
        KeptAnswer answer = new KeptAnswer(first, slices(first), counts == null ? null : counts.toArray(), null);
        return results.hasNext() ? chain(answer, results) : answer;
    }

    private static KeptAnswer chain(KeptAnswer first, Results results) {
        ArrayDeque<KeptAnswer> all = new ArrayDeque<>();
        all.push(first);
        while (results.hasNext()) {
            results.advance();
            Result result = results.current();
            if (result == null) {
                break;
            }
            all.push(new KeptAnswer(result, slices(result), null, null));
        }
        KeptAnswer next = null;
        for (KeptAnswer answer : all) {
            next = new KeptAnswer(answer, next);
        }
        return next == null ? first : next;
    }

    private static RowSlice[] slices(Result result) {
        RowSlice one = result.nextRows();
        if (one == null) {
            return NO_ROWS;
        }
        RowSlice another = result.nextRows();
        if (another == null) {
            return new RowSlice[] {one};
        }
        List<RowSlice> all = new ArrayList<>();
        all.add(one);
        for (RowSlice slice = another; slice != null; slice = result.nextRows()) {
            all.add(slice);
        }
        return all.toArray(RowSlice[]::new);
    }

    @Override
    public @Nullable List<Column> description() {
        return plan == null ? null : plan.columns();
    }

    @Override
    public Rows rows() {
        RowPlan read = plan();
        List<KeptRows> pages = new ArrayList<>(slices.length);
        for (RowSlice slice : slices) {
            pages.add(slice.page().keep(slice.from(), slice.to()));
        }
        return PageRows.of(read, pages);
    }

    @Override
    public <T extends Record> List<T> rows(Class<T> type) {
        return rows(plan().mapper(type));
    }

    @Override
    public <T extends @Nullable Object> List<T> rows(RowMapper<T> mapper) {
        RowPlan read = plan();
        List<T> values = new ArrayList<>(size);
        for (RowSlice slice : slices) {
            for (int i = slice.from(); i < slice.to(); i++) {
                values.add(mapper.map(slice.page().keep(read, i)));
            }
        }
        return values;
    }

    @Override
    public @Nullable ColumnBatch columns() {
        BatchBuilder batch = new BatchBuilder(plan());
        for (RowSlice slice : slices) {
            batch.add(slice.page(), slice.from(), slice.to());
        }
        return size == 0 ? null : batch.build();
    }

    @Override
    public Row single() {
        Row row = firstRow();
        if (row == null || size > 1) {
            throw new ProgrammingException(
                    SqlState.CARDINALITY_VIOLATION,
                    "the result has " + (row == null ? "no row" : "more than one row") + ", expected exactly one",
                    null);
        }
        return row;
    }

    @Override
    public <T extends Record> T single(Class<T> type) {
        return plan().mapper(type).map(single());
    }

    @Override
    public <T extends @Nullable Object> T single(RowMapper<T> mapper) {
        return mapper.map(single());
    }

    @Override
    public Optional<Row> first() {
        return Optional.ofNullable(firstRow());
    }

    @Override
    public <T extends Record> Optional<T> first(Class<T> type) {
        return first(plan().mapper(type));
    }

    @Override
    public <T> Optional<T> first(RowMapper<T> mapper) {
        Row row = firstRow();
        return row == null ? Optional.empty() : Optional.ofNullable(mapper.map(row));
    }

    @Override
    public <T> @Nullable T scalar(Class<T> type) {
        Row row = firstRow();
        return row == null ? null : row.get(0, type);
    }

    private @Nullable Row firstRow() {
        RowPlan read = plan();
        return slices.length == 0 ? null : slices[0].page().keep(read, slices[0].from());
    }

    @Override
    public long rowCount() {
        return rowCount;
    }

    @Override
    public long[] rowCounts() {
        return rowCounts == null ? new long[] {rowCount} : rowCounts.clone();
    }

    @Override
    public @Nullable String statusMessage() {
        return tag;
    }

    @Override
    public @Nullable Answer next() {
        return next;
    }

    private RowPlan plan() {
        RowPlan read = plan;
        if (read == null) {
            throw Result.withoutRows(tag);
        }
        return read;
    }

    @Override
    public String toString() {
        return "Answer[" + (plan == null ? "no rows" : size + (size == 1 ? " row" : " rows"))
                + (tag == null ? "" : ", " + tag) + (next == null ? "" : ", and more results") + "]";
    }
}
