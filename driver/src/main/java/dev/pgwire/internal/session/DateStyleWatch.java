package dev.pgwire.internal.session;

import dev.pgwire.config.Config;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.connect.DateStyle;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.protocol.TransactionStatus;

/** Brings back the style of dates that is read, where RESET ALL or DISCARD ALL have changed it; one that the user has SET stays. */
final class DateStyleWatch {
    private final CallerDriver driver;
    private final Dispatch dispatch;
    private final boolean keeps;

    DateStyleWatch(Config config, CallerDriver driver, Dispatch dispatch) {
        this.driver = driver;
        this.dispatch = dispatch;
        this.keeps = config.keepsDateStyle();
        // What connecting left is what the user wants, or all that the server can do.
        dispatch.server().acceptDateStyle();
    }

    /** Changes the style back, between transactions, in a round trip of its own. */
    void restore() {
        if (!dispatch.server().hasDateStyleChanged()
                || keeps
                || dispatch.server().transactionStatus() != TransactionStatus.IDLE) {
            return;
        }
        try {
            driver.run(OwnCommand.of(dispatch, DateStyle.RESTORE_ISO));
        } catch (DatabaseException refused) {
            if (refused.diagnostic() == null || refused instanceof QueryCanceledException) {
                throw refused;
            }
        }
        dispatch.server().acceptDateStyle();
    }
}
