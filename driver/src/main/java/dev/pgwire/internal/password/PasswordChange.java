package dev.pgwire.internal.password;

import dev.pgwire.internal.request.BeginNow;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.sql.SqlName;
import dev.pgwire.internal.sql.SqlString;
import dev.pgwire.internal.upkeep.SessionReset;
import org.jspecify.annotations.Nullable;

/** Gives a role another password, of which the server is told the verifier; no message of an exception repeats that. */
public final class PasswordChange extends Procedure<@Nullable Void> {
    private static final String HIDDEN = "'***'";

    private final BeginNow begin;
    private final OwnCommand change;
    private boolean begun;
    private boolean asked;

    /** The change to a verifier. */
    public PasswordChange(Dispatch dispatch, String user, String verifier) {
        super(dispatch);
        String command = "ALTER USER " + SqlName.quoted(user) + " PASSWORD ";
        begin = new BeginNow(dispatch);
        change = OwnCommand.hiding(dispatch, command + SqlString.quoted(verifier), command + HIDDEN);
    }

    /** Asks how the server encrypts passwords. */
    public static Procedure<@Nullable String> encryption(Dispatch dispatch) {
        return new Question(dispatch);
    }

    @Override
    protected boolean proceed() {
        if (!begun) {
            begun = true;
            first(begin);
            return false;
        }
        if (!asked) {
            asked = true;
            begin.result();
            first(change);
            return false;
        }
        change.result();
        return over(null);
    }

    private static final class Question extends Procedure<@Nullable String> {
        private @Nullable OwnCommand show;

        Question(Dispatch dispatch) {
            super(dispatch);
        }

        @Override
        protected boolean proceed() {
            OwnCommand asked = show;
            if (asked == null) {
                show = first(OwnCommand.asking(dispatch(), "SHOW password_encryption"));
                return false;
            }
            return over(SessionReset.text(asked.result().current()));
        }
    }
}
