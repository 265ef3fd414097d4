package dev.pgwire.laboratory.server;

import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.NoticeResponse;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterStatus;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One client of a {@link Server}. Any thread may call. */
public final class ServerSession {
    private final int processId;
    private final byte[] key;
    private final ProtocolVersion version;
    private final Map<String, String> startup;
    private final Map<String, String> parameters;
    private final Wiring wiring;
    private volatile TransactionStatus status = TransactionStatus.IDLE;
    private @Nullable Thread working;
    private boolean cancelled;

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

    private void send(dev.pgwire.protocol.backend.BackendMessage message) {
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
        if (!Arrays.equals(key, givenKey)) {
            return;
        }
        wiring.lock().lock();
        try {
            synchronized (this) {
                if (working != null) {
                    cancelled = true;
                    working.interrupt();
                }
            }
        } finally {
            wiring.lock().unlock();
        }
    }

    @Override
    public String toString() {
        return "session " + processId + " of " + user();
    }
}
