package dev.pgwire.internal.session;

import dev.pgwire.config.Config;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.connect.DateStyle;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.protocol.TransactionStatus;
import org.jspecify.annotations.Nullable;

/** Brings back the style of dates that is read, where RESET ALL or DISCARD ALL have changed it; one that the user has SET stays. */
final class DateStyleWatch {
    private final Dispatch dispatch;
    private final boolean keeps;

    DateStyleWatch(Config config, Dispatch dispatch) {
        this.dispatch = dispatch;
        this.keeps = config.keepsDateStyle();
        // What connecting left is what the user wants, or all that the server can do.
        dispatch.server().acceptDateStyle();
    }

    /** Whether the style was changed, and may be changed back: that is done between transactions. */
    boolean hasToRestore() {
        return dispatch.server().hasDateStyleChanged()
                && !keeps
                && dispatch.server().transactionStatus() == TransactionStatus.IDLE;
    }

    /** Changes the style back, in a round trip of its own. */
    Procedure<@Nullable Void> restoring() {
        return Restoring.of(dispatch);
    }

    private static final class Restoring extends Procedure<@Nullable Void> {
        private @Nullable OwnCommand command;

        private Restoring(Dispatch dispatch) {
            super(dispatch);
        }

        /** Its class is loaded with the first that is made: few sessions need one. */
        static Procedure<@Nullable Void> of(Dispatch dispatch) {
            return new Restoring(dispatch);
        }

        @Override
        protected boolean proceed() {
            OwnCommand sent = command;
            if (sent == null) {
                command = first(OwnCommand.of(dispatch(), DateStyle.RESTORE_ISO));
                return false;
            }
            try {
                sent.result();
            } catch (DatabaseException refused) {
                if (refused.diagnostic() == null || refused instanceof QueryCanceledException) {
                    throw refused;
                }
            }
            dispatch().server().acceptDateStyle();
            return over(null);
        }
    }
}
