package dev.pgwire.internal.call;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.SqlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls a function or a procedure, which of the two the server is asked before the first call. */
public final class Calling extends Procedure<Results> {
    /** A function is called, or a procedure is selected from. */
    private static final String WRONG_OBJECT_TYPE = "42809";

    private final Routines known;
    private final String quoted;
    private final @Nullable Object[] values;
    /** Null if the values are in the order of the parameters. */
    private final @Nullable List<String> names;

    private @Nullable OwnCommand question;
    private @Nullable Execution call;

    private Calling(
            Dispatch dispatch, Routines known, String name, @Nullable Object[] values, @Nullable List<String> names) {
        super(dispatch);
        this.known = known;
        this.quoted = SqlName.quotedRoutine(name);
        this.values = values;
        this.names = names;
    }

    /**
     * A call with values in the order of the parameters.
     *
     * @param name {@code name} or {@code schema.name}
     * @param values null for one NULL
     */
    public static Calling of(Dispatch dispatch, Routines known, String name, @Nullable Object @Nullable [] values) {
        return new Calling(dispatch, known, name, values == null ? new @Nullable Object[1] : values.clone(), null);
    }

    /** A call with values by the names of the parameters. */
    public static Calling named(Dispatch dispatch, Routines known, String name, Map<String, ?> values) {
        List<String> names = new ArrayList<>();
        List<@Nullable Object> given = new ArrayList<>();
        values.forEach((parameter, value) -> {
            names.add(Objects.requireNonNull(parameter, "the name of a parameter"));
            given.add(value);
        });
        return new Calling(dispatch, known, name, given.toArray(), names);
    }

    @Override
    protected boolean mayWrite() {
        Execution sent = call;
        return sent == null || sent.isWriting();
    }

    @Override
    protected boolean proceed() {
        Execution sent = call;
        if (sent != null) {
            return over(answered(sent));
        }
        OwnCommand asked = question;
        List<Routine> routines = known.of(quoted);
        if (asked != null) {
            routines = Routines.read(asked.result().current());
            if (!routines.isEmpty()) {
                known.learn(quoted, routines);
            }
        } else if (routines == null) {
            question = first(OwnCommand.asking(dispatch(), Routine.question(quoted)));
            return false;
        }
        Routine routine = Routine.chosen(Objects.requireNonNull(routines), values.length);
        String sql = names == null ? routine.call(quoted, values.length) : routine.call(quoted, names);
        call = first(new Execution(dispatch(), sql, values));
        return false;
    }

    /** What has failed because there is another routine of the name now is asked for anew the next time. */
    private Results answered(Execution sent) {
        try {
            return sent.result();
        } catch (DatabaseException failed) {
            if (failed.sqlState().equals(SqlState.UNDEFINED_FUNCTION)
                    || failed.sqlState().equals(WRONG_OBJECT_TYPE)) {
                known.forget(quoted);
            }
            throw failed;
        }
    }
}
