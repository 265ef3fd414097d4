package dev.pgwire.internal.session;

import dev.pgwire.error.DataException;
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
        PreparedStatement known = preparation.known(sql);
        FirstAgain values = new FirstAgain(sets);
        if (known != null && known.isKept()) {
            try {
                Results results = new Results();
                run(Batch.of(dispatch, known, values, results), results);
                preparation.forgetsStale(known, results.failure());
                return results;
            } catch (DataException refused) {
                if (!values.isAtFirst()) {
                    preparation.forget(known);
                    throw refused;
                }
                preparation.describeOtherwise(known, refused);
                values.again();
            }
        }
        SqlShape shape = known != null ? known.shape() : shape(sql);
        boolean implicit = dispatch.isImplicitTransaction();
        PreparedStatement described = preparation.describeInSegment(sql, shape);
        dispatch.meaning().sends(shape);
        Results results = new Results();
        return run(Batch.goingOn(dispatch, described, values, results, implicit), results);
    }

    private Results run(Batch batch, Results results) {
        batch.send(() -> results.unreadBytes() > AnswerReader.MOST_SET_ASIDE);
        dispatch.await(() -> results.isDone() || results.unreadBytes() > AnswerReader.MOST_SET_ASIDE);
        return results;
    }

    /** In the middle of a batch there is no way back from a COPY: the next Bind would be read as data. */
    private SqlShape shape(String sql) {
        SqlShape shape = preparation.shape(sql);
        if (shape.firstWord().equals("COPY")) {
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "COPY cannot be run through executeMany, expected a statement that takes values",
                    null);
        }
        return shape;
    }
}
