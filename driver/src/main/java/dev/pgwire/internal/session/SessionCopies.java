package dev.pgwire.internal.session;

import dev.pgwire.internal.cancel.Deadline;
import dev.pgwire.internal.copy.CopyFrom;
import dev.pgwire.internal.copy.RowWriting;
import dev.pgwire.internal.observe.StatementRun;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.sql.CopyStatement;
import dev.pgwire.observe.StatementKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a caller writes the data of a COPY piece by piece. Nothing else is done on the connection meanwhile. */
public final class SessionCopies {
    private final Session session;
    private final CallerDriver driver;
    private final Unfinished unfinished;

    SessionCopies(Session session, CallerDriver driver, Unfinished unfinished) {
        this.session = session;
        this.driver = driver;
        this.unfinished = unfinished;
    }

    /** Begins a COPY FROM STDIN; null or zero for no deadline. */
    public RowWriting begin(CopyStatement statement, @Nullable Duration deadline) {
        session.enter();
        try {
            driver.policy().begin(Deadline.of(deadline));
            session.restoreDateStyle();
            Dispatch dispatch = session.dispatch();
            StatementRun run = dispatch.isWatched() ? dispatch.starts(StatementKind.COPY_IN, statement.sql()) : null;
            try {
                RowWriting writing = driver.run(RowWriting.beginning(dispatch, statement));
                unfinished.copies(writing.copy());
                if (run != null) {
                    writing.copy().tells(run);
                }
                return writing;
            } catch (Throwable failed) {
                if (run != null) {
                    run.failed(failed);
                }
                throw failed;
            }
        } finally {
            session.exit();
        }
    }

    /**
     * Has a COPY fail that was begun here. If that cannot be done now, what is done next on the connection does it.
     *
     * @throws RuntimeException why it cannot
     */
    public void abandon(CopyFrom copy, String reason, @Nullable Duration deadline) {
        try {
            run(copy.abandon(reason), deadline);
        } catch (RuntimeException impossible) {
            copy.giveUp(reason);
            throw impossible;
        }
    }

    /** Runs a move of a COPY that was begun here. */
    public <T extends @Nullable Object> T run(Procedure<T> move, @Nullable Duration deadline) {
        session.enterAsItIs();
        try {
            driver.policy().begin(Deadline.of(deadline));
            return driver.run(move);
        } finally {
            session.exit();
        }
    }
}
