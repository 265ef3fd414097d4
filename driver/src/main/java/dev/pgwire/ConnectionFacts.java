package dev.pgwire;

import dev.pgwire.config.Config;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.call.Casting;
import dev.pgwire.internal.password.PasswordChange;
import dev.pgwire.internal.password.Verifier;
import dev.pgwire.internal.session.Session;
import dev.pgwire.internal.sql.ChannelSql;
import dev.pgwire.internal.verify.Describing;
import dev.pgwire.internal.verify.Verifying;
import dev.pgwire.notification.Notification;
import dev.pgwire.observe.StatementListener;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.row.Mismatch;
import dev.pgwire.row.StatementDescription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a {@link Connection} tells of the server and the session, and what it asks besides running statements. */
abstract sealed class ConnectionFacts permits ConnectionTransactions {
    ConnectionFacts() {}

    /** Its session, if the connection is still the borrower's. */
    abstract Session session();

    /** The connection itself. */
    abstract Connection self();

    /** The value that a text stands for, see {@link SqlClient#cast}. */
    public @Nullable Object cast(int oid, @Nullable String text) {
        Session session = session();
        session.checkOpen();
        Casting casting = new Casting(session.dispatch(), oid, text);
        return casting.isAtHand() ? casting.value() : session.<@Nullable Object>run(casting, self().deadline());
    }

    /** What a statement takes and returns, see {@link SqlClient#describe}. */
    public StatementDescription describe(String sql) {
        Session session = session();
        return session.run(new Describing(session.dispatch(), sql), self().deadline());
    }

    /** The last notices of the server, at most 50 and at most 1 MiB of them, the oldest first. */
    public List<Diagnostic> notices() {
        return session().server().notices();
    }

    /**
     * Sets the listener to notices; null for none. It is called in the middle of a statement, on the thread that runs
     * it, and must not use this connection but for {@link #cancel}.
     */
    public void onNotice(@Nullable Consumer<Diagnostic> listener) {
        session().server().onNotice(listener);
    }

    /**
     * Has something told of the statements that are run on this connection, besides what {@link Config#statements} has told; null for
     * nothing. It ends with {@link Connection#reset}, and
     * when a pool takes the connection back.
     */
    public void onStatement(@Nullable StatementListener listener) {
        session().server().onStatement(listener);
    }

    /**
     * Listens to channels, from the end of the transaction on if one is in progress: {@code LISTEN} (the manual's page on it). Listening ends with
     * {@link #unlisten}, {@link Connection#reset} and the connection.
     *
     * @param channels their names, as the catalog would have them: {@code listen("orders")} for {@code NOTIFY Orders}
     * @throws InterfaceException if a name is empty or has a NUL, or if there is none
     */
    public void listen(String... channels) {
        self().command(ChannelSql.listen(channels));
    }

    /**
     * Listens no more.
     *
     * @param channels their names, as the catalog would have them; none for all
     */
    public void unlisten(String... channels) {
        self().command(ChannelSql.unlisten(channels));
    }

    /**
     * The notifications that come, in their order: those that came with the answers to statements, and then those that are waited for.
     * Nothing is asked of the server, and its socket is what is waited at; other threads may use the connection meanwhile. At most
     * 65,536 wait to be taken, and at most 8 MiB; {@link Notification#missed} counts those that were dropped.
     *
     * <pre>{@code
     * conn.listen("orders");
     * for (Notification each : conn.notifications(Duration.ofSeconds(10))) {
     *     System.out.println(each.channel() + ": " + each.payload());
     * }
     * }</pre>
     *
     * <p>What a listener gets ({@link #onNotification}) is not among them. The iteration may be begun anew at any time. To wait throws
     * {@link InterfaceException} while a transaction is in progress, in which the server sends none, and
     * {@link dev.pgwire.error.QueryCanceledException} if the thread is interrupted.
     *
     * @param limit ends the iteration when none has come for that long; zero for what has come already, null for ever
     * @throws InterfaceException if it is negative
     */
    public Iterable<Notification> notifications(@Nullable Duration limit) {
        if (limit != null && limit.isNegative()) {
            throw new InterfaceException(
                    "the limit is " + limit + ", expected a positive time, zero for what is there, or null for ever");
        }
        session().checkOpen();
        return () -> new NotificationIterator(this, limit);
    }

    /**
     * Sets the listener to notifications; null for none. It is called as that to notices is, in the middle of whatever uses the connection
     * next: a listener needs a call, such as {@link #notifications}, to be called. It gets those that come from now on, and
     * {@link #notifications} those that no listener got.
     */
    public void onNotification(@Nullable Consumer<Notification> listener) {
        session().server().notifications().listener(listener);
    }

    /**
     * What the server would keep of a password, computed here by its {@code password_encryption}, see {@link Passwords#encrypt}.
     *
     * @param user the role, as the catalog has it
     */
    public String encryptPassword(String password, String user) {
        Verifier.check(password);
        Session session = session();
        return Verifier.of(
                password, user, session.run(PasswordChange.encryption(session.dispatch()), self().deadline()));
    }

    /**
     * Changes the password of a role. What is sent is what the server keeps of it ({@link #encryptPassword}), so that neither the server
     * nor its log ever has the password; no exception has either. It is part of the transaction, if one is in progress.
     *
     * @param user the role, as the catalog has it
     * @throws InterfaceException if the password is empty, has a zero character or half a character
     * @throws dev.pgwire.error.PgException if there is no such role, or it may not be changed
     */
    public void changePassword(String user, String password) {
        String verifier = encryptPassword(password, user);
        session().run(new PasswordChange(session().dispatch(), user, verifier), self().deadline());
    }

    /**
     * Has the server describe statements, which are not run, and finds those that do not fit the records which their rows are to become:
     * much of what {@link Cursor#fetchAll(Class)} and its like would find with the first row. All are asked for at once, so that hundreds of them
     * take little more than a round trip, and one more for each that the server refuses.
     *
     * <pre>{@code
     * record User(long id, String name) {}
     * List<Mismatch> wrong = conn.verify(Map.of("SELECT id, name FROM users WHERE id = :id", User.class));
     * if (!wrong.isEmpty()) {
     *     throw new IllegalStateException(wrong.toString());
     * }
     * }</pre>
     *
     * <p>Found are statements that the server refuses, components without a column or with several, and columns of a type that can never be
     * read as that of their component. Not found is whether a value fits its component (a NULL in a primitive, a large number in an
     * {@code int}, a text that is no constant of an enum, the fields of a row without a type), nor whether a record lets the driver in. A
     * record without components fits every statement, also one without rows. Parameters may be {@code $1} or {@code :name}; what type one
     * has the server says, also where {@code prepare=never} declares it by its value. A text of several statements is refused.
     *
     * <p>In a transaction it works behind a savepoint, so that the transaction goes on whatever is found, and no lock stays; as a statement does,
     * it takes the transaction's snapshot. What is not the fault of a statement (a cancel request, a lock that is waited for in vain)
     * ends it as a whole, and fails the transaction.
     *
     * @param statements the records by statement
     * @return those that do not fit, in the order of the map; empty if all do
     * @throws InterfaceException if a class is that of no record
     * @throws dev.pgwire.error.InFailedTransactionException if a statement of the transaction has failed
     * @throws dev.pgwire.error.OperationalException if the connection is lost or closed, the deadline has come, or a lock time-out
     */
    public List<Mismatch> verify(Map<String, Class<? extends Record>> statements) {
        Session session = session();
        return session.run(Verifying.of(session.dispatch(), statements), self().deadline());
    }

    /** The run-time parameters that the server reports, by name, as they are now. */
    public Map<String, String> parameters() {
        return session().server().parameters();
    }

    /** A run-time parameter that the server reports, such as {@code TimeZone}; null if it does not report it. */
    public @Nullable String parameter(String name) {
        return session().server().parameter(name);
    }

    /** The server's version as it tells it, such as {@code 18.6}. */
    public String serverVersion() {
        String version = parameter("server_version");
        return version == null ? "unknown" : version;
    }

    /** The process id of the server process; 0 if the server did not tell. */
    public int processId() {
        return session().processId();
    }
}
