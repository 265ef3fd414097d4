package dev.pgwire.internal.verify;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.TypeLookup;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.row.Mismatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Has the server describe statements, as many as go into a part in one segment, and finds those that do not fit their records. Nothing is
 * run. The first statement that the server refuses ends its segment, and those behind it are asked for again. In a transaction a
 * savepoint undoes that, and gives back the locks of the tables.
 */
public final class Verifying extends Procedure<List<Mismatch>> {
    private static final String SAVEPOINT = "SAVEPOINT pgwire_verify";
    private static final String UNDO = "ROLLBACK TO " + SAVEPOINT;
    private static final String END = UNDO + "; RELEASE " + SAVEPOINT;
    /** The server answers at most to that much before it is read. */
    private static final int PART = 64 * 1024;
    /** Class 54: what is too large or too deep is the fault of the statement. */
    private static final String LIMIT_EXCEEDED = "54";

    private enum Phase {
        BEGIN,
        ASK,
        ASKED,
        TYPES_ARE_KNOWN,
        ENDED
    }

    private final List<Question> questions;
    private Phase phase = Phase.BEGIN;
    /** How many questions are answered, or refused. */
    private int answered;
    /** How many of them and of those behind them are sent. */
    private int asked;

    private SyncExchange sync = new SyncExchange();
    /** Whether all is undone by a savepoint. */
    private boolean undoes;

    private @Nullable OwnCommand command;
    private @Nullable TypeLookup lookup;

    private Verifying(Dispatch dispatch, List<Question> questions) {
        super(dispatch);
        this.questions = questions;
    }

    /** The procedure that checks statements; gives those that do not fit, in their order. */
    public static Verifying of(Dispatch dispatch, Map<String, Class<? extends Record>> statements) {
        List<Question> questions = new ArrayList<>(statements.size());
        statements.forEach((sql, record) -> questions.add(new Question(sql, record)));
        return new Verifying(dispatch, List.copyOf(questions));
    }

    @Override
    protected boolean ready() {
        return phase != Phase.ASKED || sync.isDone();
    }

    @Override
    protected boolean proceed() {
        OwnCommand sent = command;
        if (sent != null) {
            sent.result();
            command = null;
        }
        return switch (phase) {
            case BEGIN -> begin();
            case ASK -> ask();
            case ASKED -> answered();
            case TYPES_ARE_KNOWN -> typesAreKnown();
            case ENDED -> judged();
        };
    }

    private boolean begin() {
        questions.forEach(Question::check);
        // What is known of types may be of a time before this session changed them.
        dispatch().preparation().forgetOutdated();
        TransactionStatus status = dispatch().server().transactionStatus();
        if (status == TransactionStatus.FAILED && !questions.isEmpty()) {
            throw new InFailedTransactionException(
                    SqlState.IN_FAILED_SQL_TRANSACTION,
                    "a statement of the transaction has failed, so the server describes none; expected a rollback before",
                    null);
        }
        undoes = status == TransactionStatus.IN_TRANSACTION;
        phase = Phase.ASK;
        if (undoes) {
            command = first(OwnCommand.several(dispatch(), SAVEPOINT));
            return false;
        }
        return ask();
    }

    private boolean ask() {
        dispatch().bareRequest();
        asked = answered;
        boolean any = false;
        while (asked < questions.size() && dispatch().request().out().readableBytes() < PART) {
            Question question = questions.get(asked++);
            question.addTo(dispatch());
            any |= !question.isRefused();
        }
        if (!any) {
            return asked < questions.size() ? skip() : allAnswered();
        }
        sync = new SyncExchange();
        dispatch().request().message(Command.SYNC).expect(sync);
        phase = Phase.ASKED;
        send(Flight.ANYTHING);
        return false;
    }

    private boolean skip() {
        answered = asked;
        return ask();
    }

    private boolean answered() {
        PgException failure = sync.failure();
        if (failure == null) {
            answered = asked;
        } else {
            Question refused = firstWithoutAnswer();
            if (refused == null || dispatch().transport().broken() != null) {
                throw failure;
            }
            if (!undoes && dispatch().wasMeantForAnother(failure)) {
                return ask();
            }
            if (!isOfTheStatement(failure)) {
                throw failure;
            }
            refused.refused(failure);
            answered = questions.indexOf(refused) + 1;
            if (undoes) {
                phase = Phase.ASK;
                command = first(OwnCommand.several(dispatch(), UNDO));
                return false;
            }
        }
        return answered < questions.size() ? ask() : allAnswered();
    }

    private @Nullable Question firstWithoutAnswer() {
        return questions.subList(answered, asked).stream()
                .filter(question ->
                        !question.isRefused() && question.description().hasFailed())
                .findFirst()
                .orElse(null);
    }

    /** Whether it is the statement that is wrong, and not what happens to the session meanwhile: a cancel, a lock time-out. */
    private static boolean isOfTheStatement(PgException failure) {
        return !(failure instanceof OperationalException)
                || (failure instanceof DatabaseException refused
                        && refused.sqlState().startsWith(LIMIT_EXCEEDED));
    }

    private boolean allAnswered() {
        phase = Phase.TYPES_ARE_KNOWN;
        int[] unknown = questions.stream()
                .filter(question -> !question.isRefused())
                .flatMapToInt(question -> IntStream.of(dispatch().preparation().unknownTypes(question.description())))
                .distinct()
                .toArray();
        if (unknown.length == 0) {
            return typesAreKnown();
        }
        lookup = first(TypeLookup.of(dispatch(), unknown));
        return false;
    }

    private boolean typesAreKnown() {
        TypeLookup known = lookup;
        if (known != null) {
            known.result();
        }
        phase = Phase.ENDED;
        if (undoes) {
            command = first(OwnCommand.several(dispatch(), END));
            return false;
        }
        return judged();
    }

    private boolean judged() {
        List<Mismatch> mismatches = new ArrayList<>();
        for (Question question : questions) {
            Mismatch mismatch = question.mismatch(dispatch());
            if (mismatch != null) {
                mismatches.add(mismatch);
            }
        }
        return over(List.copyOf(mismatches));
    }
}
