package dev.pgwire.internal.request;

import dev.pgwire.error.DataException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.internal.statement.Route;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs one statement for many sets of values, unless the results become more than may be held in memory: then the rest is
 * sent as they are read.
 */
public final class ExecuteMany extends Procedure<Results> {
    private enum Phase {
        ROUTE,
        /** A value was refused: the step has described the statement anew. */
        DESCRIBED_ANEW,
        /** The step has described the statement in the segment of the batch. */
        DESCRIBED,
        /** The step has sent what could be sent. */
        SENT,
        ANSWER
    }

    /** Any number of values but none. */
    private static final int SOME = 1;

    private final String sql;
    private final FirstAgain sets;
    private Phase phase = Phase.ROUTE;
    private @Nullable Procedure<?> step;
    private @Nullable Batch batch;
    /** The statement, if it was known before. */
    private @Nullable PreparedStatement known;
    /** What the text says by itself, once that is of interest. */
    private @Nullable SqlShape shape;

    private boolean implicit;

    public ExecuteMany(Dispatch dispatch, String sql, Iterator<@Nullable Object[]> sets) {
        super(dispatch);
        this.sql = sql;
        this.sets = new FirstAgain(sets);
    }

    @Override
    protected boolean ready() {
        return phase != Phase.ANSWER || isEnough();
    }

    private boolean isEnough() {
        Results results = batch().results();
        return results.isDone() || results.unreadBytes() > Results.MOST_SET_ASIDE;
    }

    @Override
    protected boolean proceed() {
        Procedure<?> ended = step;
        switch (phase) {
            case ROUTE -> route();
            case DESCRIBED_ANEW -> {
                Objects.requireNonNull(ended).result();
                sets.again();
                describe();
            }
            case DESCRIBED -> {
                PreparedStatement described =
                        (PreparedStatement) Objects.requireNonNull(ended).result();
                if (described.lacksTypes()) {
                    // If a value is refused, the server is asked what its type is.
                    known = described;
                }
                dispatch().meaning().sends(described.shape());
                send(Batch.goingOn(dispatch(), described, sets, implicit));
            }
            case SENT -> sent(Objects.requireNonNull(ended));
            case ANSWER -> {
                return answered();
            }
        }
        return false;
    }

    private void route() {
        Route route = dispatch().preparation().route(sql, SOME);
        if (route instanceof PreparedStatement statement && statement.isKept()) {
            known = statement;
            send(Batch.of(dispatch(), statement, sets));
            return;
        }
        if (route instanceof Route.Copied) {
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "COPY cannot be run through executeMany, expected a statement that takes values",
                    null);
        }
        shape = route.shape();
        describe();
    }

    private void describe() {
        implicit = dispatch().isImplicitTransaction();
        step(new PreparingInSegment(dispatch(), sql, Objects.requireNonNull(shape)), Phase.DESCRIBED);
    }

    private void send(Batch begun) {
        batch = begun;
        Results results = begun.results();
        step(begun.until(() -> results.unreadBytes() > Results.MOST_SET_ASIDE), Phase.SENT);
    }

    private void step(Procedure<?> procedure, Phase then) {
        step = procedure;
        phase = then;
        first(procedure);
    }

    private void sent(Procedure<?> sending) {
        PreparedStatement doubted = known;
        try {
            sending.result();
            phase = Phase.ANSWER;
        } catch (DataException refused) {
            if (doubted == null) {
                throw refused;
            }
            if (!sets.isAtFirst()) {
                dispatch().preparation().forget(doubted);
                throw refused;
            }
            shape = doubted.shape();
            known = null;
            step(Preparing.again(dispatch(), doubted, refused), Phase.DESCRIBED_ANEW);
        }
    }

    private boolean answered() {
        if (!isEnough()) {
            return false;
        }
        Results results = batch().results();
        PreparedStatement statement = known;
        if (statement != null) {
            dispatch().preparation().forgetsStale(statement, results.failure());
        }
        return over(results);
    }

    private Batch batch() {
        return Objects.requireNonNull(batch);
    }
}
