package dev.pgwire.internal.request;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Command;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Has the server describe a statement, and leaves the segment open: as long as there is no Sync, what is sent reaches the same
 * process of the server. Types that are not known are looked up in it. The statement is kept if it may be. If the server refuses
 * it, the segment is ended.
 */
final class PreparingInSegment extends Procedure<PreparedStatement> {
    private enum Phase {
        ASK,
        DESCRIBED,
        TYPES_ARE_KNOWN,
        /** The Sync behind what has failed was answered. */
        FAILED
    }

    private final String sql;
    private final SqlShape shape;
    private final PrepareExchange description;
    private final SyncExchange end = new SyncExchange();
    private Phase phase = Phase.ASK;
    private String name = "";
    private @Nullable TypeLookup lookup;
    /** Why the types are not known. */
    private @Nullable PgException refused;

    PreparingInSegment(Dispatch dispatch, String sql, SqlShape shape) {
        super(dispatch);
        this.sql = sql;
        this.shape = shape;
        this.description = new PrepareExchange(sql);
    }

    @Override
    protected boolean ready() {
        return switch (phase) {
            case ASK, TYPES_ARE_KNOWN -> true;
            case DESCRIBED -> description.isAnswered();
            case FAILED -> end.isDone();
        };
    }

    @Override
    protected boolean proceed() {
        return switch (phase) {
            case ASK -> ask();
            case DESCRIBED -> described();
            case TYPES_ARE_KNOWN -> typesAreKnown();
            case FAILED -> throw failure();
        };
    }

    private boolean ask() {
        Preparation.requireText(sql);
        name = dispatch().preparation().mayBeKept(sql, shape)
                ? dispatch().statements().nextName()
                : "";
        dispatch().newRequest();
        dispatch().parseAndDescribe(name, sql).message(Command.FLUSH).expect(description);
        phase = Phase.DESCRIBED;
        send(Flight.ANYTHING);
        return false;
    }

    private boolean described() {
        if (description.hasFailed()) {
            return endSegment();
        }
        int[] unknown = dispatch().preparation().unknownTypes(description);
        if (unknown.length == 0 || dispatch().server().transactionStatus() == TransactionStatus.FAILED) {
            return isDescribed();
        }
        lookup = first(TypeLookup.inSegment(dispatch(), unknown, UnaryOperator.identity()));
        phase = Phase.TYPES_ARE_KNOWN;
        return false;
    }

    private boolean typesAreKnown() {
        try {
            Objects.requireNonNull(lookup).result();
        } catch (PgException unanswered) {
            refused = unanswered;
            return endSegment();
        }
        return isDescribed();
    }

    private boolean isDescribed() {
        Preparation preparation = dispatch().preparation();
        PreparedStatement statement = preparation.described(sql, shape, description);
        return over(preparation.remember(name.isEmpty() ? statement : statement.keptAs(name)));
    }

    private boolean endSegment() {
        dispatch().bareRequest().message(Command.SYNC).expect(end);
        phase = Phase.FAILED;
        send(Flight.ANYTHING);
        return false;
    }

    private RuntimeException failure() {
        PgException failure = end.failure();
        if (failure == null) {
            failure = refused;
        }
        return failure != null
                ? failure
                : new IllegalStateException("the end of a segment that was to fail did not, expected a failure");
    }
}
