package dev.pgwire.laboratory.server;

import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.NoticeResponse;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterStatus;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client of a {@link Server}. Any thread may call. */
public final class ServerSession {
    private static final int SLICE_MILLIS = 50;

    private final int processId;
    private final byte[] key;
    private final ProtocolVersion version;
    private final Map<String, String> startup;
    private final Map<String, String> parameters;
    private final Wiring wiring;
    private volatile TransactionStatus status = TransactionStatus.IDLE;
    private @Nullable Thread working;
    private boolean cancelled;
    private Consumer<@Nullable String> forgets = statement -> {};

    ServerSession(
            int processId,
            byte[] key,
            ProtocolVersion version,
            Map<String, String> startup,
            Map<String, String> parameters,
            Wiring wiring) {
        this.processId = processId;
        this.key = key;
        this.version = version;
        this.startup = startup;
        this.parameters = new LinkedHashMap<>(parameters);
        this.wiring = wiring;
    }

    /** What the client was told for cancel requests. */
    public int processId() {
        return processId;
    }

    byte[] key() {
        return key;
    }

    /** What was agreed on. */
    public ProtocolVersion version() {
        return version;
    }

    /** The parameters of the startup message: user, database, application_name and what else the client has sent. */
    public Map<String, String> startup() {
        return startup;
    }

    /** Who the client is, or says that it is where no password was asked for. */
    public String user() {
        return startup.getOrDefault("user", "");
    }

    /** Where the session stands. */
    public TransactionStatus transactionStatus() {
        return status;
    }

    void transactionStatus(TransactionStatus now) {
        status = now;
    }

    /** A setting that the client was told, or has set; null for one that is not known. Case does not matter. */
    public synchronized @Nullable String parameter(String name) {
        Map<String, String> lower = new TreeMap<>();
        parameters.forEach((key, value) -> lower.put(key.toLowerCase(Locale.ROOT), value));
        return lower.get(name.toLowerCase(Locale.ROOT));
    }

    /** Changes a setting, and tells the client if it was told before. */
    public void changeParameter(String name, String value) {
        String told = null;
        synchronized (this) {
            for (String each : parameters.keySet()) {
                told = each.equalsIgnoreCase(name) ? each : told;
            }
            parameters.put(told == null ? name : told, value);
        }
        if (told != null) {
            send(new ParameterStatus(told, value));
        }
    }

    /** Sends a notice, which may come in the middle of an answer. */
    public void notice(String message) {
        send(new NoticeResponse(Refusal.diagnostic("NOTICE", "00000", message)));
    }

    /** Sends a notification at once, whatever the client listens to. */
    public void notify(String channel, String payload) {
        send(new NotificationResponse(processId, channel, payload));
    }

    private void send(BackendMessage message) {
        try {
            wiring.send(message);
            wiring.flush();
        } catch (IOException e) {
            // The client has gone, which its own thread sees.
        }
    }

    /** Whether the client has asked to cancel what is being answered. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** The handler begins; a cancel request may interrupt it from now on. */
    synchronized void begin() {
        working = Thread.currentThread();
        cancelled = false;
    }

    /** The handler has ended. No cancel request can interrupt what follows. */
    synchronized void end() {
        working = null;
        Thread.interrupted();
    }

    void cancel(byte[] givenKey) {
        if (!MessageDigest.isEqual(key, givenKey)) {
            return;
        }
        // A thread that is interrupted while it writes loses its connection; a handler that writes sees the request
        // afterwards.
        boolean writes = !wiring.lock().tryLock();
        try {
            synchronized (this) {
                cancelled = working != null;
                if (working != null && !writes) {
                    working.interrupt();
                }
            }
        } finally {
            if (!writes) {
                wiring.lock().unlock();
            }
        }
    }

    /** Forgets a prepared statement, or all of them if none is named. */
    void forget(@Nullable String statement) {
        forgets.accept(statement);
    }

    void onForget(Consumer<@Nullable String> forgets) {
        this.forgets = forgets;
    }

    /** Waits as an answer does that comes late: until a cancel request, or until the client has gone. */
    void pause(Duration delay) throws InterruptedException, IOException {
        long end = System.nanoTime() + Math.min(delay.toNanos(), Long.MAX_VALUE / 2);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            Thread.sleep(Math.min(SLICE_MILLIS, left / 1_000_000 + 1));
            if (isCancelled()) {
                throw new InterruptedException();
            }
            wiring.checkForEnd();
        }
    }

    @Override
    public String toString() {
        return "session " + processId + " of " + user();
    }
}
