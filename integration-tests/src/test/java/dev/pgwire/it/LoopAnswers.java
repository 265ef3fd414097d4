package dev.pgwire.it;

import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The rows of what a LoopSession answers, and how it failed. */
final class LoopAnswers {
    static final Object[] NONE = {};

    private LoopAnswers() {}

    /** All rows at hand of the first result. */
    static List<Row> rows(Results results) {
        List<Row> rows = new ArrayList<>();
        Result result = results.current();
        for (RowSlice slice = result.nextRows(); slice != null; slice = result.nextRows()) {
            rows.addAll(rows(result.plan(), slice));
        }
        return rows;
    }

    static List<Row> rows(RowPlan plan, RowSlice slice) {
        List<Row> rows = new ArrayList<>();
        for (int i = slice.from(); i < slice.to(); i++) {
            rows.add(slice.page().keep(plan, i));
        }
        return rows;
    }

    /** The only row. */
    static Row row(Results results) {
        List<Row> rows = rows(results);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " rows, expected one");
        }
        return rows.get(0);
    }

    /** What a future is completed with, within a time that no machine needs. */
    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    /** What a future fails with. */
    static Throwable failure(CompletableFuture<?> future) throws InterruptedException, TimeoutException {
        try {
            Object result = future.get(60, TimeUnit.SECONDS);
            throw new AssertionError("completed with " + result + ", expected a failure");
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }
}
