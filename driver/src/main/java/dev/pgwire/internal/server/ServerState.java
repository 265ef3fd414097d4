package dev.pgwire.internal.server;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.cancel.CancelFence;
import dev.pgwire.internal.connect.DateStyle;
import dev.pgwire.internal.exchange.SessionEvents;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.sql.Settings;
import dev.pgwire.internal.statement.Hints;
import dev.pgwire.internal.statement.Meaning;
import dev.pgwire.internal.statement.StatementCache;
import dev.pgwire.observe.StatementListener;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the server tells without being asked. Any thread may read it. */
public final class ServerState implements SessionEvents {
    /** In place of a mark: whichever transaction is in progress. */
    public static final long ANY_TRANSACTION = -1;

    /** What is told of segments, and asked about failures. */
    public interface Listener {
        /** The server has ended a segment, with ReadyForQuery. */
        void segmentEnded();

        /** What the caller of a failed statement is told, if not the failure itself. */
        DatabaseException explain(DatabaseException failure);
    }

    private final ReportedParameters parameters = new ReportedParameters();
    private final KeptNotices notices = new KeptNotices();
    /** Made with the first that comes, or is waited for: most sessions listen to nothing. */
    private final AtomicReference<@Nullable Notifications> notifications = new AtomicReference<>();

    private volatile @Nullable Consumer<Diagnostic> listener;
    private volatile long undone;
    private @Nullable StatementListener usual;
    private volatile @Nullable StatementListener watcher;
    private volatile TransactionStatus status = TransactionStatus.IDLE;
    private boolean dateStyleChanged;
    private final AtomicLong ended = new AtomicLong();
    /** The mark of the last transaction whose BEGIN failed. */
    private volatile long unbegun = ANY_TRANSACTION;
    /** Whether the server has told of a transaction block that has not ended. */
    private boolean inBlock;
    /** The result of the BEGIN that was sent last, until the server tells whether there is a block. */
    private @Nullable Result begin;

    private @Nullable CancelFence fence;
    private @Nullable Listener driver;
    private @Nullable StatementCache statements;
    private @Nullable Meaning meaning;

    /** Says what is told when a statement ends, and asked when it fails. */
    public void tell(CancelFence fence, Listener driver) {
        this.fence = fence;
        this.driver = driver;
    }

    /** Says what is told when texts may mean something else. */
    public void tell(StatementCache statements, Meaning meaning) {
        this.statements = statements;
        this.meaning = meaning;
    }

    /** The transaction's state at the last ReadyForQuery. */
    public TransactionStatus transactionStatus() {
        return status;
    }

    /** Takes note that BEGIN was sent: the block may end before the server has told that it is in one. */
    public void begun(Result begin) {
        this.begin = begin;
    }

    /** The block that has just ended is begun anew: nothing was done in it. */
    public void begunAnew() {
        ended.decrementAndGet();
    }

    /** How many transaction blocks have ended: what a transaction is marked with, which has ended when there are more. */
    public long endedTransactions() {
        return ended.get();
    }

    /** Takes note that a savepoint was rolled back, with all that was opened since. */
    public void savepointUndone() {
        undone++;
    }

    /** How many savepoints were rolled back, as far as the driver did it. */
    public long undoneSavepoints() {
        return undone;
    }

    /** Whether the transaction of that mark has not ended, as far as the server has told. */
    public boolean isTransaction(long mark) {
        return mark == ANY_TRANSACTION || mark == ended.get();
    }

    /** Whether the transaction of that mark never came about, because BEGIN failed. */
    public boolean isUnbegun(long mark) {
        return mark != ANY_TRANSACTION && mark == unbegun;
    }

    /**
     * Checks that the transaction of that mark was not ended, where none but a statement can have done it.
     *
     * @throws InterfaceException if it was
     */
    public void checkTransaction(long mark) {
        if (isUnbegun(mark)) {
            throw new InterfaceException("the transaction did not begin, because its BEGIN failed, or the statement did"
                    + " that it went with; expected begin() once more");
        }
        if (!isTransaction(mark)) {
            throw new InterfaceException(
                    "the transaction was ended by a statement, such as COMMIT or ROLLBACK, so that what came behind it was"
                            + " not part of it; expected commit() or rollback() of the Transaction, or the end of its block");
        }
    }

    /** The run-time parameters that the server reports, by name. */
    public Map<String, String> parameters() {
        return parameters.toMap();
    }

    @Override
    public void lost() {
        Meaning told = meaning;
        if (told != null) {
            told.lost();
        }
    }

    @Override
    public void newServer() {
        parameters.clear();
        notices.clear();
        dateStyleChanged = false;
        status = TransactionStatus.IDLE;
    }

    /** One of them, or null if the server does not report it. */
    @Override
    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }

    /** The last notices, at most 50 and at most 1 MiB of them, the oldest first. */
    public List<Diagnostic> notices() {
        return notices.toList();
    }

    /** Sets the listener to notices. The thread that drives the connection calls it. */
    public void onNotice(@Nullable Consumer<Diagnostic> listener) {
        this.listener = listener;
    }

    /** Sets who is told of the statements of every user of the session; null for none. */
    public void tellAlways(@Nullable StatementListener listener) {
        usual = listener;
        watcher = listener;
    }

    /** Sets who is told of the statements of the present user, besides; null for none. For any thread. */
    public void onStatement(@Nullable StatementListener listener) {
        StatementListener always = usual;
        watcher = always != null && listener != null
                ? StatementListener.all(always, listener)
                : listener == null ? always : listener;
    }

    /** Who is told of statements; null if nothing is. */
    public @Nullable StatementListener watcher() {
        return watcher;
    }

    /** Whether the program listens to notices, or takes notifications as they come. */
    public boolean hasListener() {
        Notifications told = notifications.get();
        return listener != null || (told != null && told.isHeard());
    }

    /** Forgets notices, notifications and listeners: the next user of the session hears nothing of the one before. */
    public void reset() {
        listener = null;
        watcher = usual;
        notices.clear();
        Notifications told = notifications.get();
        if (told != null) {
            told.reset();
        }
    }

    public boolean hasBackslashEscapes() {
        return "off".equals(parameters.get("standard_conforming_strings"));
    }

    @Override
    public void notice(Diagnostic notice) {
        notices.add(notice);
        Consumer<Diagnostic> told = listener;
        if (told == null) {
            return;
        }
        try {
            told.accept(notice);
        } catch (RuntimeException | AssertionError failure) {
            Log.warn("a notice listener failed", failure);
        }
    }

    /** Only UTF8 is spoken: text in any other encoding would be garbled unseen. */
    @Override
    public void parameter(ParameterStatus parameter) {
        if (parameter.name().equals("client_encoding") && !EncodingName.isUtf8(parameter.value())) {
            throw new OperationalException(
                    SqlState.CONNECTION_EXCEPTION,
                    "client_encoding became " + parameter.value()
                            + ", expected UTF8, the only encoding this driver speaks",
                    null);
        }
        String before = parameters.get(parameter.name());
        parameters.put(parameter.name(), parameter.value());
        if (parameter.name().equals(DateStyle.NAME)) {
            dateStyleChanged = !DateStyle.isIso(parameter.value());
        }
        Meaning told = meaning;
        if (told != null
                && Settings.changesMeaning(parameter.name())
                && !parameter.value().equals(before)) {
            told.changes();
        }
    }

    /** Whether the style of dates has become another than ISO, and the session has not looked yet why. */
    public boolean hasDateStyleChanged() {
        return dateStyleChanged;
    }

    /** The style of dates is what it is to be. */
    public void acceptDateStyle() {
        dateStyleChanged = false;
    }

    @Override
    public void notification(NotificationResponse notification) {
        notifications().came(notification);
    }

    /** Where its notifications go. */
    public Notifications notifications() {
        Notifications there = notifications.get();
        if (there != null) {
            return there;
        }
        Notifications made = new Notifications();
        return notifications.compareAndSet(null, made) ? made : Objects.requireNonNull(notifications.get());
    }

    @Override
    public DatabaseException failed(DatabaseException failure) {
        Hints.addTo(failure);
        Listener told = driver;
        StatementCache known = statements;
        DatabaseException advised = known == null ? failure : StaleStatements.advised(failure, known);
        return told == null ? advised : told.explain(advised);
    }

    @Override
    public void ready(TransactionStatus status, boolean isLast) {
        this.status = status;
        Meaning watched = meaning;
        if (watched != null) {
            watched.ready(status);
        }
        follow(status);
        CancelFence told = fence;
        if (told != null) {
            told.ready(isLast);
        }
        Listener watching = driver;
        if (watching != null) {
            watching.segmentEnded();
        }
    }

    /** Whether a transaction has ended, be it that it never began. */
    private void follow(TransactionStatus status) {
        Result sent = begin;
        begin = null;
        boolean failed = sent != null && sent.tag() == null;
        if (status != TransactionStatus.IDLE) {
            inBlock = true;
        } else if (inBlock || sent != null) {
            if (!inBlock && failed) {
                unbegun = ended.get();
            }
            inBlock = false;
            ended.incrementAndGet();
        }
    }
}
