package dev.pgwire.internal.verify;

import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.QueryExchange;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.TypeLookup;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.row.Mismatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Has the server describe statements, all in one burst, and finds those that do not fit their records. Nothing is run. In a
 * transaction a statement that the server refuses is undone by a savepoint, which also gives back the locks of its tables.
 */
public final class Verifying extends Procedure<List<Mismatch>> {
    private static final String SAVEPOINT = "SAVEPOINT pgwire_verify";
    private static final String UNDO = "ROLLBACK TO " + SAVEPOINT;
    private static final String END = UNDO + "; RELEASE " + SAVEPOINT;
    /** The server works on one part while the next one is written. */
    private static final int PART = 64 * 1024;

    private enum Phase {
        BEGIN,
        ASK,
        ASKED,
        TYPES_ARE_KNOWN,
        ENDED
    }

    private final List<Question> questions;
    private Phase phase = Phase.BEGIN;
    private int asked;
    private @Nullable OwnCommand savepoint;
    private @Nullable TypeLookup lookup;
    /** What undoes the last question. */
    private @Nullable QueryExchange undone;
    /** Why nothing comes of it; thrown once the savepoint is released. */
    private @Nullable PgException failure;

    private Verifying(Dispatch dispatch, List<Question> questions) {
        super(dispatch);
        this.questions = questions;
    }

    /**
     * The procedure that checks statements; gives those that do not fit, in their order.
     *
     * @throws InterfaceException if a statement or a record is null, or a class is that of no record
     */
    public static Verifying of(Dispatch dispatch, Map<String, Class<? extends Record>> statements) {
        List<Question> questions = new ArrayList<>(statements.size());
        statements.forEach((sql, record) -> {
            if (isNull(sql) || isNull(record)) {
                throw new InterfaceException("there is the pair " + sql + " = " + record
                        + ", expected a statement and the class of a record");
            }
            if (!record.isRecord()) {
                throw new InterfaceException(record.getName() + " is not the class of a record, expected one");
            }
            questions.add(new Question(sql, record));
        });
        return new Verifying(dispatch, List.copyOf(questions));
    }

    /** What the compiler takes for impossible a map of the program may hold. */
    private static boolean isNull(@Nullable Object value) {
        return value == null;
    }

    @Override
    protected boolean ready() {
        return switch (phase) {
            case ASK -> dispatch().transport().hasRoom();
            case ASKED -> isAnswered();
            case BEGIN, TYPES_ARE_KNOWN, ENDED -> true;
        };
    }

    private boolean isAnswered() {
        QueryExchange last = undone;
        return (last == null || last.isDone())
                && questions.stream().limit(asked).allMatch(Question::isAnswered);
    }

    @Override
    protected boolean proceed() {
        return switch (phase) {
            case BEGIN -> begin();
            case ASK -> ask();
            case ASKED -> answered();
            case TYPES_ARE_KNOWN -> typesAreKnown();
            case ENDED -> judged();
        };
    }

    private boolean begin() {
        if (questions.isEmpty()) {
            return over(List.of());
        }
        TransactionStatus status = dispatch().server().transactionStatus();
        if (status == TransactionStatus.FAILED) {
            throw new InFailedTransactionException(
                    SqlState.IN_FAILED_SQL_TRANSACTION,
                    "a statement of the transaction has failed, so the server describes none; expected a rollback before",
                    null);
        }
        phase = Phase.ASK;
        if (status == TransactionStatus.IN_TRANSACTION) {
            savepoint = first(OwnCommand.several(dispatch(), SAVEPOINT));
        }
        return false;
    }

    private boolean ask() {
        OwnCommand begun = savepoint;
        if (asked == 0 && begun != null) {
            begun.result();
        }
        if (asked > 0 && dispatch().isCancelled()) {
            failure = dispatch().cancelled();
            phase = Phase.ASKED;
            return false;
        }
        dispatch().bareRequest();
        dispatch().addCloses();
        while (asked < questions.size() && dispatch().request().out().readableBytes() < PART) {
            if (questions.get(asked++).addTo(dispatch()) && begun != null) {
                undone = new QueryExchange(
                        UNDO, new Results(), dispatch().transport(), dispatch().planner());
                dispatch().request().message(new Query(UNDO)).expect(undone);
            }
        }
        phase = asked < questions.size() ? Phase.ASK : Phase.ASKED;
        send(Flight.ANYTHING);
        return false;
    }

    private boolean answered() {
        PgException broken = dispatch().transport().broken();
        if (broken != null) {
            throw broken;
        }
        for (Question question : questions.subList(0, asked)) {
            if (question.failure() instanceof QueryCanceledException cancelled) {
                failure = cancelled;
            }
        }
        phase = Phase.TYPES_ARE_KNOWN;
        int[] unknown = unknownTypes();
        if (failure == null && unknown.length > 0) {
            lookup = first(TypeLookup.of(dispatch(), unknown));
        }
        return false;
    }

    private int[] unknownTypes() {
        return questions.stream()
                .limit(asked)
                .filter(question -> question.failure() == null)
                .flatMapToInt(question -> IntStream.of(dispatch().preparation().unknownTypes(question.description())))
                .distinct()
                .toArray();
    }

    private boolean typesAreKnown() {
        try {
            TypeLookup known = lookup;
            if (known != null) {
                known.result();
            }
        } catch (PgException unanswered) {
            failure = unanswered;
        }
        phase = Phase.ENDED;
        if (savepoint == null) {
            return judged();
        }
        savepoint = first(OwnCommand.several(dispatch(), END));
        return false;
    }

    private boolean judged() {
        PgException why = failure;
        if (why != null) {
            throw why;
        }
        OwnCommand released = savepoint;
        if (released != null) {
            released.result();
        }
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
