package dev.pgwire.internal.request;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.registry.UnknownTypes;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.protocol.TransactionStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the types of results that came without having been described before, as text, once all of their rows are there: as
 * long as the server sends it answers nothing else. Rows that are too many to be kept are read as they are, as Strings, and so
 * are those about which there was no answer.
 */
public final class TypesOfResults extends Procedure<@Nullable Void> {
    private final List<Results> all;
    private @Nullable TypeLookup lookup;

    private TypesOfResults(Dispatch dispatch, List<Results> all) {
        super(dispatch);
        this.all = all;
    }

    /** The look-up of the types of a statement's results; null if there is none to be looked up. */
    static @Nullable TypesOfResults of(Dispatch dispatch, Results results) {
        return of(dispatch, List.of(results));
    }

    /** The look-up of the types of many statements' results; null if there is none to be looked up. */
    public static @Nullable TypesOfResults of(Dispatch dispatch, List<Results> all) {
        TypesOfResults looked = new TypesOfResults(dispatch, all);
        return looked.unknown().length == 0 ? null : looked;
    }

    private int[] unknown() {
        UnknownTypes unknown = new UnknownTypes(dispatch().types());
        for (Results results : all) {
            for (Result result : results.all()) {
                RowPlan plan = result.plan();
                if (plan != null) {
                    for (int i = 0; i < plan.size(); i++) {
                        unknown.meet(plan.typeOid(i));
                    }
                }
            }
        }
        return unknown.oids();
    }

    private boolean areWhole() {
        for (Results results : all) {
            if (!results.isDone()) {
                return false;
            }
        }
        return true;
    }

    private boolean areTooMany() {
        for (Results results : all) {
            if (results.unreadBytes() > Results.MOST_SET_ASIDE) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected boolean ready() {
        return lookup != null || areWhole() || areTooMany();
    }

    @Override
    protected boolean mayWrite() {
        return lookup != null || areWhole();
    }

    @Override
    protected boolean proceed() {
        TypeLookup asked = lookup;
        if (asked == null) {
            if (!areWhole() || dispatch().server().transactionStatus() == TransactionStatus.FAILED) {
                return over(null);
            }
            lookup = first(TypeLookup.of(dispatch(), unknown()));
            return false;
        }
        try {
            asked.result();
        } catch (PgException unanswered) {
            if (dispatch().server().transactionStatus() == TransactionStatus.FAILED) {
                throw unanswered;
            }
            // The statement itself is done, and may be committed: it has not failed.
            return over(null);
        }
        for (Results results : all) {
            for (Result result : results.all()) {
                RowPlan plan = result.plan();
                if (plan != null) {
                    result.describe(dispatch().planner().again(plan));
                }
            }
        }
        return over(null);
    }
}
