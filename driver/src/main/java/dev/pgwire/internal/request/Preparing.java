package dev.pgwire.internal.request;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Command;
import org.jspecify.annotations.Nullable;

/**
 * Has the server describe a statement, in a round trip of its own, with nothing left behind in the server; and what its types are, in
 * another one, if they are not known. A BEGIN that is due
 * stays due: a value that the statement does not take must not leave a transaction. A statement that the server refuses must
 * fail the transaction that it is a part of, so then it is asked for once more, behind the BEGIN.
 */
public final class Preparing extends Procedure<PreparedStatement> {
    private enum Phase {
        ASK,
        DESCRIBED,
        REFUSED_BEHIND_BEGIN,
        TYPES_ARE_KNOWN
    }

    private final String sql;
    private final SqlShape shape;
    /** What was known before, and why its parameters are doubted; null where nothing was. */
    private final @Nullable PreparedStatement known;

    private final @Nullable DataException doubt;
    private @Nullable TypeLookup lookup;
    private Phase phase = Phase.ASK;
    private PrepareExchange description;
    private SyncExchange sync = new SyncExchange();

    private Preparing(
            Dispatch dispatch,
            String sql,
            SqlShape shape,
            @Nullable PreparedStatement known,
            @Nullable DataException doubt) {
        super(dispatch);
        this.sql = sql;
        this.shape = shape;
        this.known = known;
        this.doubt = doubt;
        this.description = new PrepareExchange(sql);
    }

    /** Has a statement described that is not known, and remembers it. */
    public static Preparing of(Dispatch dispatch, String sql, SqlShape shape) {
        return new Preparing(dispatch, sql, shape, null, null);
    }

    /**
     * A value was refused, and nothing was sent. Another session may have changed what the parameters are, which the server
     * does not tell: it is asked once, unless no type takes the value.
     *
     * @param refused what the value was refused with; the failure, if the parameters are what they were
     */
    public static Preparing again(Dispatch dispatch, PreparedStatement known, DataException refused) {
        return new Preparing(dispatch, known.sql(), known.shape(), known, refused);
    }

    @Override
    protected boolean ready() {
        return phase == Phase.ASK || sync.isDone();
    }

    @Override
    protected boolean proceed() {
        return switch (phase) {
            case ASK -> ask();
            case DESCRIBED -> described();
            case REFUSED_BEHIND_BEGIN -> refusedAgain();
            case TYPES_ARE_KNOWN -> typesAreKnown();
        };
    }

    private boolean ask() {
        DataException refused = doubt;
        if (refused != null
                && (refused.sqlState().equals(SqlState.CHARACTER_NOT_IN_REPERTOIRE)
                        || dispatch().server().transactionStatus() == TransactionStatus.FAILED)) {
            throw refused;
        }
        PreparedStatement doubted = known;
        if (refused != null && doubted != null) {
            // Not only the parameters may be of other types: the types may be made of others.
            dispatch().types().noticeChange(doubted.parameterTypes());
            dispatch().preparation().forgetOutdated();
        }
        Preparation.requireText(sql);
        dispatch().bareRequest();
        dispatch().addCloses();
        addQuestion();
        phase = Phase.DESCRIBED;
        return false;
    }

    private void addQuestion() {
        dispatch()
                .parseAndDescribe("", sql)
                .message(Command.SYNC)
                .expect(description)
                .expect(sync);
        send(Flight.ANYTHING);
    }

    private boolean described() {
        PgException failure = sync.failure();
        if (failure == null) {
            return told();
        }
        if (dispatch().isImplicitTransaction() && dispatch().wasMeantForAnother(failure)) {
            description = new PrepareExchange(sql);
            sync = new SyncExchange();
            return ask();
        }
        if (dispatch().due().now() == null
                || !(failure instanceof DatabaseException refused)
                || refused.diagnostic() == null
                || refused instanceof QueryCanceledException
                || dispatch().transport().broken() != null) {
            throw failure;
        }
        description = new PrepareExchange(sql);
        sync = new SyncExchange();
        dispatch().newRequest();
        addQuestion();
        phase = Phase.REFUSED_BEHIND_BEGIN;
        return false;
    }

    private boolean refusedAgain() {
        PgException failure = sync.failure();
        if (failure != null) {
            throw failure;
        }
        return told();
    }

    private boolean told() {
        int[] unknown = dispatch().preparation().unknownTypes(description);
        if (unknown.length > 0 && dispatch().server().transactionStatus() != TransactionStatus.FAILED) {
            lookup = first(TypeLookup.of(dispatch(), unknown));
            phase = Phase.TYPES_ARE_KNOWN;
            return false;
        }
        return over();
    }

    private boolean typesAreKnown() {
        TypeLookup asked = lookup;
        if (asked != null) {
            asked.result();
        }
        return over();
    }

    private boolean over() {
        Preparation preparation = dispatch().preparation();
        PreparedStatement now = preparation.described(sql, shape, description);
        PreparedStatement before = known;
        DataException refused = doubt;
        if (before != null && refused != null && now.takesTheSameAs(before)) {
            throw refused;
        }
        return over(preparation.remember(now));
    }
}
