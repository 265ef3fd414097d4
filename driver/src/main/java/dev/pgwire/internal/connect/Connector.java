package dev.pgwire.internal.connect;

import dev.pgwire.config.Config;
import dev.pgwire.config.ConnectObserver;
import dev.pgwire.config.Host;
import dev.pgwire.config.SocketTransport;
import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.cancel.CancelRequest;
import dev.pgwire.internal.exchange.SessionEvents;
import dev.pgwire.internal.net.CallerTurns;
import dev.pgwire.internal.observe.Recorder;
import dev.pgwire.protocol.backend.BackendKeyData;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a server among the hosts of a configuration, and begins a session with it, as libpq does (PostgreSQL manual, 32.1.1
 * and 32.1.2): the next address if no server answers at one, the next host if a server is starting up or has another role than
 * is wanted. A server that refuses the user or the certificate ends the search: another one must not be asked instead.
 */
public final class Connector {
    private final Config config;
    private final SocketTransport kind;
    private final ServerRole wanted;
    private final Addresses addresses;

    /** A connector for the hosts of a configuration, and the role that it asks for, whose callers drive the connection. */
    public Connector(Config config) {
        this(config, ServerRole.of(config.targetSessionAttrs()));
    }

    /** A connector for the hosts of a configuration, and another role. */
    public Connector(Config config, ServerRole wanted) {
        this(config, wanted, SocketTransport.NIO);
    }

    private Connector(Config config, ServerRole wanted, SocketTransport kind) {
        this.config = config;
        this.wanted = wanted;
        this.kind = kind;
        this.addresses = new Addresses(config);
    }

    /** One whose connection moves to an event loop. */
    public static Connector forLoop(Config config) {
        return forLoop(config, ServerRole.of(config.targetSessionAttrs()));
    }

    /** The same for another role. */
    public static Connector forLoop(Config config, ServerRole wanted) {
        return new Connector(config, wanted, config.transport());
    }

    /**
     * What an opened connection is.
     *
     * @param key the key for cancelling; null if the server gave none
     */
    public record Opened(CallerTurns turns, @Nullable BackendKeyData key, SessionFacts facts) {}

    /**
     * Connects to the first server that fits.
     *
     * @throws OperationalException if none does, or one refuses
     */
    public Opened open(SessionEvents events) {
        Object recording = Recorder.connects();
        Opened opened = null;
        Throwable failure = null;
        try {
            opened = search(events);
            return opened;
        } catch (Throwable failed) {
            failure = failed;
            throw failed;
        } finally {
            if (recording != null) {
                Host host = opened == null ? null : opened.facts().host();
                Recorder.connected(recording, host, config.database(), failure);
            }
        }
    }

    private Opened search(SessionEvents events) {
        ConnectFailures failures = new ConnectFailures();
        ConnectObserver observer = config.observer();
        ConnectProgress progress = observer == null
                ? ConnectProgress.SILENT
                : ObservedProgress.telling(observer, config.hosts().get(0));
        List<Host> hosts = addresses.hosts();
        try {
            Opened opened = firstOf(hosts, wanted, events, failures, progress);
            ServerRole otherwise = wanted.otherwise();
            if (opened == null && otherwise != null) {
                opened = firstOf(hosts, otherwise, events, failures, progress);
            }
            if (opened != null) {
                return opened;
            }
        } catch (Throwable last) {
            failures.tellBefore(last);
            throw last;
        }
        throw failures.summary();
    }

    private @Nullable Opened firstOf(
            List<Host> hosts,
            ServerRole role,
            SessionEvents events,
            ConnectFailures failures,
            ConnectProgress progress) {
        progress.looksFor(role.wanted());
        for (Host host : hosts) {
            List<SocketAddress> found;
            try {
                found = find(host, progress);
            } catch (CannotConnectException unknown) {
                failures.add(host.shownName(), unknown);
                continue;
            }
            String password = config.password(host);
            for (SocketAddress address : found) {
                try {
                    return open(host, address, password, role, events, progress);
                } catch (PgException failed) {
                    Next next = Next.after(failed, true);
                    if (next == Next.NOTHING) {
                        throw failed;
                    }
                    failures.add(ServerName.of(host, address), failed);
                    if (next == Next.HOST) {
                        break;
                    }
                }
            }
        }
        return null;
    }

    private List<SocketAddress> find(Host host, ConnectProgress progress) {
        progress.resolves(host);
        try {
            List<SocketAddress> found = addresses.of(host);
            progress.resolved(found);
            return found;
        } catch (RuntimeException failed) {
            progress.failed(failed);
            throw failed;
        }
    }

    /** Tries the encryptions that the configuration allows, in their order. */
    private Opened open(
            Host host,
            SocketAddress address,
            @Nullable String password,
            ServerRole role,
            SessionEvents events,
            ConnectProgress progress) {
        long deadline = deadline();
        Encryption[] order = Encryption.inOrder(config, host.isUnixSocket());
        FirstTry before = null;
        for (int i = 0; ; i++) {
            boolean last = i == order.length - 1;
            Attempt attempt = null;
            try {
                events.newServer();
                attempt = Attempt.connect(config, host, address, kind, events, deadline, progress);
                if (!encrypt(attempt, order[i], !last, progress)) {
                    // The server has no TLS, and the same connection goes on without.
                    last = true;
                }
                Opened opened = attempt.logIn(password, role);
                checkRole(role, attempt, events);
                progress.roleAccepted(role.wanted());
                attempt.leave();
                return opened;
            } catch (RuntimeException ended) {
                RuntimeException failed = attempt == null ? ended : attempt.unmade(ended);
                progress.failed(failed);
                boolean letIn = attempt != null && attempt.isLetIn();
                if (attempt != null) {
                    attempt.giveUp(failed);
                }
                if (!last && Next.after(failed, letIn) == Next.ENCRYPTION) {
                    before = new FirstTry((DatabaseException) failed, HowFar.of(attempt, failed), order[i]);
                } else {
                    throw before == null ? failed : before.orSecond(failed, HowFar.of(attempt, failed), order[i]);
                }
            } catch (Error fatal) {
                if (attempt != null) {
                    attempt.giveUp(fatal);
                }
                throw fatal;
            }
        }
    }

    /** Returns whether the connection is now as it was meant to be. */
    static boolean encrypt(Attempt attempt, Encryption encryption, boolean elsePlain, ConnectProgress progress) {
        if (encryption == Encryption.NONE) {
            return true;
        }
        if (encryption == Encryption.TLS && !attempt.offersTls()) {
            if (elsePlain) {
                progress.tlsRefused();
                return false;
            }
            throw new CannotConnectException(
                    CannotConnectException.Reason.TLS_NOT_OFFERED,
                    attempt.server() + " does not offer TLS, expected a server that does, or another sslmode",
                    null);
        }
        attempt.startTls();
        return true;
    }

    private static void checkRole(ServerRole role, Attempt attempt, SessionEvents events) {
        String readOnly = events.parameter("default_transaction_read_only");
        String standby = events.parameter("in_hot_standby");
        String question = role.question(readOnly, standby);
        if (question == null) {
            role.check(readOnly, standby, attempt.server());
            return;
        }
        String answer;
        try {
            answer = attempt.ask(question);
        } catch (DatabaseException refused) {
            throw refused.diagnostic() == null ? refused : role.unanswered(attempt.server(), refused);
        }
        role.check(answer, attempt.server());
    }

    /**
     * What asks the server of an opened connection to cancel what its session does, each time through a connection like that.
     *
     * @return null if the server gave no key for it
     */
    public @Nullable CancelRequest cancelRequest(Opened opened) {
        BackendKeyData key = opened.key();
        return key == null ? null : new ConnectedCancel(config, opened.facts(), key);
    }

    private long deadline() {
        Duration limit = config.connectTimeout();
        return limit.isZero() ? Long.MAX_VALUE : System.nanoTime() + limit.toNanos();
    }
}
