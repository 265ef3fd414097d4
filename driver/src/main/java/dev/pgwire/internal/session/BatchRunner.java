package dev.pgwire.internal.session;

import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.Results;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Runs one statement for many sets of values. */
final class BatchRunner {
    private final Dispatch dispatch;
    private final Preparation preparation;

    BatchRunner(Dispatch dispatch, Preparation preparation) {
        this.dispatch = dispatch;
        this.preparation = preparation;
    }

    /**
     * Runs the statement for all sets, unless the results become more than may be held in memory: then the rest is sent
     * as they are read.
     */
    Results executeMany(String sql, Iterator<@Nullable Object[]> sets) {
        if (dispatch.preparesNothing()) {
            refuseCopy(sql);
            boolean implicit = dispatch.isImplicitTransaction();
            PreparedStatement described = preparation.describe(sql);
            Results results = new Results();
            return run(Batch.goingOn(dispatch, described, sets, results, implicit), results);
        }
        PreparedStatement cached = preparation.known(sql);
        if (cached == null) {
            refuseCopy(sql);
        }
        PreparedStatement statement = cached != null ? cached : preparation.prepare(sql);
        Results results = new Results();
        run(Batch.of(dispatch, statement, sets, results), results);
        preparation.forgetsStale(statement, results.failure());
        return results;
    }

    private Results run(Batch batch, Results results) {
        batch.send(() -> results.unreadBytes() > AnswerReader.MOST_SET_ASIDE);
        dispatch.await(() -> results.isDone() || results.unreadBytes() > AnswerReader.MOST_SET_ASIDE);
        return results;
    }

    /** In the middle of a batch there is no way back: the next Bind would be read as data. */
    private void refuseCopy(String sql) {
        if (SqlShape.of(sql, dispatch.server().hasBackslashEscapes())
                .firstWord()
                .equals("COPY")) {
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "COPY cannot be run through executeMany, expected a statement that takes values",
                    null);
        }
    }
}
