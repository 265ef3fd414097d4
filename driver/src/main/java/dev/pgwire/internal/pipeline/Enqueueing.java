package dev.pgwire.internal.pipeline;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.Exchange;
import dev.pgwire.internal.exchange.ExecuteExchange;
import dev.pgwire.internal.exchange.OneShotExchange;
import dev.pgwire.internal.exchange.PipelinedExchange;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Preparation;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.TypeLookup;
import dev.pgwire.internal.request.UnfinishedResults;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.internal.statement.ParameterCount;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.internal.statement.Route;
import dev.pgwire.protocol.frontend.Command;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Queues one statement in a pipeline, and sends a part of the pipeline when enough is queued. A statement that is not known is
 * described behind all that is queued, without a Sync, so that they stay one transaction, and what was created before is
 * there. If it fails, nothing was queued.
 */
public final class Enqueueing extends Procedure<Results> {
    private enum Phase {
        ROUTE,
        DESCRIBED,
        TYPES_ARE_KNOWN,
        /** What is queued was sent, so that types can be asked for that values are declared as. */
        NAMES_MAY_BE_ASKED,
        NAMES_ARE_KNOWN,
        /** A part was sent, and there is room for the next. */
        ROOM
    }

    /** As much as this is queued before it is sent. */
    private static final int PART = 64 * 1024;

    private final PipelineQueue queue;
    private final String sql;
    private final @Nullable Object[] values;
    private final Results results;
    private Phase phase = Phase.ROUTE;
    private SqlShape shape = SqlShape.EMPTY;
    private @Nullable PrepareExchange description;
    private @Nullable PipelinedExchange asked;
    private @Nullable TypeLookup lookup;
    /** The types that values are declared as, and that are not known. */
    private Set<String> names = Set.of();

    /** What was known of the statement when a value was refused. */
    private @Nullable PreparedStatement doubted;

    private @Nullable DataException doubt;

    public Enqueueing(Dispatch dispatch, PipelineQueue queue, String sql, @Nullable Object[] values) {
        super(dispatch);
        this.queue = queue;
        this.sql = sql;
        this.values = values;
        this.results = new UnfinishedResults(queue);
    }

    @Override
    protected boolean ready() {
        PipelinedExchange description = asked;
        return switch (phase) {
            case ROUTE, TYPES_ARE_KNOWN, NAMES_ARE_KNOWN -> true;
            case DESCRIBED -> description == null || description.isAnswered();
            case NAMES_MAY_BE_ASKED, ROOM -> dispatch().transport().hasRoom();
        };
    }

    @Override
    protected void refused(PgException why) {
        // What was queued before has failed with it, which those learn who read its results.
        dispatch().transport().refuse(queue.end(), why);
    }

    @Override
    protected boolean proceed() {
        switch (phase) {
            case ROUTE -> {
                if (queue.segment().heldBytes() > PipelineQueue.MOST_HELD / 2) {
                    throw new InterfaceException(
                            "the pipeline holds " + queue.segment().heldBytes()
                                    + " bytes of results, expected a sync() before, and that they are read");
                }
                return route() && queued();
            }
            case DESCRIBED -> {
                queue.partSent();
                if (hasUnknownTypes()) {
                    return false;
                }
                described();
                return queued();
            }
            case TYPES_ARE_KNOWN -> {
                queue.partSent();
                typesAreKnown();
                described();
                return queued();
            }
            case NAMES_MAY_BE_ASKED -> {
                queue.partSent();
                lookup = first(TypeLookup.named(dispatch(), names, this::ofSegment));
                phase = Phase.NAMES_ARE_KNOWN;
                return false;
            }
            case NAMES_ARE_KNOWN -> {
                queue.partSent();
                typesAreKnown();
                if (queue.segment().failure() == null) {
                    write(this::writeUnprepared);
                } else {
                    isSkipped();
                }
                return queued();
            }
            case ROOM -> {
                queue.partSent();
                return over(results);
            }
        }
        throw new IllegalStateException(phase.name());
    }

    /** Returns whether the statement is queued. */
    private boolean route() {
        Route route = dispatch().preparation().route(sql, values.length);
        if (route instanceof PreparedStatement known) {
            return bindKnown(known);
        }
        shape = route.shape();
        Preparation.requireText(sql);
        if (shape.hasSeveralStatements()) {
            throw new InterfaceException("a string of several statements was given, expected one for each execute()");
        }
        if (route instanceof Route.Copied) {
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED, "COPY cannot be run in a pipeline, expected it outside", null);
        }
        if (route instanceof Route.Preparable) {
            ParameterCount.check(values.length);
            describe();
            return false;
        }
        if (dispatch().preparesNothing()) {
            ParameterCount.check(sql, shape, values.length);
            names = dispatch().types().undeclared(values);
            if (!names.isEmpty() && queue.segment().failure() == null) {
                sendBeforeNames();
                return false;
            }
        }
        write(this::writeUnprepared);
        return true;
    }

    private void sendBeforeNames() {
        queue.openSegment();
        phase = Phase.NAMES_MAY_BE_ASKED;
        if (dispatch().request().out().isReadable()) {
            dispatch().addCloses();
            send(Flight.ANYTHING);
        }
    }

    /** Another session may have changed what the parameters are: the server is asked once, behind all that is queued. */
    private boolean bindKnown(PreparedStatement known) {
        try {
            if (known.isKept()) {
                write(() -> writeKept(known));
            } else {
                write(() -> writeParsed(known));
            }
            return true;
        } catch (DataException refused) {
            if (refused.sqlState().equals(SqlState.CHARACTER_NOT_IN_REPERTOIRE)) {
                throw refused;
            }
            doubted = known;
            doubt = refused;
            shape = known.shape();
            describe();
            return false;
        }
    }

    private void describe() {
        queue.openSegment();
        dispatch().addCloses();
        PrepareExchange question = new PrepareExchange(sql);
        description = question;
        PipelinedExchange pipelined = queue.pipelined(question, results, queue.statements() + 1);
        asked = pipelined;
        dispatch().parseAndDescribe("", sql).message(Command.FLUSH).expect(pipelined);
        phase = Phase.DESCRIBED;
        send(Flight.ANYTHING);
    }

    /** It failed, or one before it; the results know. */
    private void isSkipped() {
        queue.counts();
        results.add(new Result(null));
    }

    private PipelinedExchange ofSegment(Exchange question) {
        return queue.pipelined(question, results, queue.statements() + 1);
    }

    private boolean hasUnknownTypes() {
        PrepareExchange told = description;
        if (told == null || queue.segment().failure() != null) {
            return false;
        }
        int[] unknown = dispatch().preparation().unknownTypes(told);
        if (unknown.length == 0) {
            return false;
        }
        lookup = first(TypeLookup.inSegment(dispatch(), unknown, this::ofSegment));
        phase = Phase.TYPES_ARE_KNOWN;
        return true;
    }

    private void typesAreKnown() {
        try {
            Objects.requireNonNull(lookup).result();
        } catch (PgException refused) {
            if (queue.segment().failure() == null) {
                throw refused;
            }
            // The results tell of it.
        }
    }

    private void described() {
        PrepareExchange told = description;
        if (queue.segment().failure() != null || told == null) {
            isSkipped();
            return;
        }
        Preparation preparation = dispatch().preparation();
        PreparedStatement now = preparation.described(sql, shape, told);
        PreparedStatement before = doubted;
        DataException refused = doubt;
        if (before == null || refused == null) {
            now.comesAgain();
        } else if (now.takesTheSameAs(before)) {
            throw refused;
        }
        preparation.remember(now);
        write(() -> writeKept(now));
    }

    /** Writes a statement. One that cannot be written opens no segment. */
    private void write(Runnable writing) {
        boolean first = queue.openSegment();
        try {
            writing.run();
        } catch (Throwable unusable) {
            if (first) {
                queue.takeSegmentBack();
            }
            throw unusable;
        }
    }

    /** The server has the statement as it was described. */
    private void writeKept(PreparedStatement statement) {
        Dispatch dispatch = dispatch();
        dispatch.parameters().execute(dispatch.request().out(), statement, values);
        Result result = new Result(statement.plan());
        results.add(result);
        expect(new ExecuteExchange(statement.sql(), results, result, dispatch.transport()), statement.shape());
    }

    /** The statement is parsed once more. */
    private void writeParsed(PreparedStatement statement) {
        expect(dispatch().preparation().parseAndBind(statement, values, results), statement.shape());
    }

    private void writeUnprepared() {
        Dispatch dispatch = dispatch();
        dispatch.unnamed(sql, values);
        Result result = new Result(null);
        results.add(result);
        expect(new OneShotExchange(sql, results, result, dispatch.transport(), dispatch.planner()), shape);
        queue.isNotDescribed(results);
    }

    private void expect(Exchange statement, SqlShape of) {
        dispatch().meaning().sends(of);
        queue.counts();
        dispatch().request().expect(queue.pipelined(statement, results, queue.statements()));
    }

    /** Goes on to send a part, if enough is queued. */
    private boolean queued() {
        if (dispatch().request().out().readableBytes() < PART) {
            return over(results);
        }
        dispatch().addCloses();
        phase = Phase.ROOM;
        send(Flight.ANYTHING);
        return false;
    }
}
