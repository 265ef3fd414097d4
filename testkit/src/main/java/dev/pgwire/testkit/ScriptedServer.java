package dev.pgwire.testkit;

import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.frontend.FrontendMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that plays a script to its clients, to show them what no real server would do to it. Each step is
 * a {@link Step}; connections are served in the order in which they come, each with its own part of the script.
 *
 * <p>It is plain sockets and threads on purpose: were it built on what the driver is built on, an error there could hide
 * itself.
 */
public final class ScriptedServer implements AutoCloseable {
    static final Step NEXT_CONNECTION = connection -> {};
    private static final int PATIENCE_SECONDS = 15;

    private final ServerSocket listener;
    private final List<List<Step>> scripts;
    private final CountDownLatch unplayed;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private ScriptedServer(List<Step> steps) throws IOException {
        this.scripts = perConnection(steps);
        this.unplayed = new CountDownLatch(scripts.size());
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    /** Listens on a free port of 127.0.0.1 and plays these steps. */
    public static ScriptedServer start(Step... steps) {
        return start(List.of(steps));
    }

    /** Listens on a free port of 127.0.0.1 and plays these steps. */
    public static ScriptedServer start(List<Step> steps) {
        try {
            ScriptedServer server = new ScriptedServer(steps);
            server.inBackground("listener", server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A script to be written one call after another. */
    public static Script script() {
        return new Script();
    }

    /** {@link Step#greeting()}. */
    public static Step greeting() {
        return Step.greeting();
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** A DSN that leads here, without asking for TLS first; what comes behind it may have another {@code sslmode}. */
    public String dsn() {
        return Dsn.of("127.0.0.1", port(), "postgres", "postgres") + " sslmode=disable";
    }

    /**
     * Waits until the script was played, 15 seconds at most.
     *
     * @throws AssertionError with the first thing that went otherwise
     */
    public void assertDone() {
        try {
            boolean played = unplayed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Throwable first = failure.get();
            if (first != null) {
                throw new AssertionError(first.getMessage(), first);
            }
            if (!played) {
                throw new AssertionError("the script was not played to its end within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Closes the port and every connection. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        int connections = 0;
        while (!listener.isClosed()) {
            Socket socket = acceptOne();
            if (socket == null) {
                return;
            }
            open.add(socket);
            int index = connections++;
            if (index < scripts.size()) {
                inBackground("connection " + (index + 1), () -> play(socket, scripts.get(index)));
            } else {
                fail(new AssertionError("connection " + connections + ", but the script has " + scripts.size()));
                socket.close();
            }
        }
    }

    private @Nullable Socket acceptOne() throws IOException {
        try {
            return listener.accept();
        } catch (IOException e) {
            if (listener.isClosed()) {
                return null;
            }
            throw e;
        }
    }

    private void play(Socket socket, List<Step> steps) throws IOException {
        int number = 0;
        try (socket) {
            ScriptedConnection connection = new ScriptedConnection(socket);
            for (Step step : steps) {
                number++;
                step.play(connection);
            }
            unplayed.countDown();
            number++;
            if (!connection.isClosed()) {
                connection.waitForEver();
                connection.expectEnd();
            }
        } catch (AssertionError | IOException | RuntimeException e) {
            // A client that breaks off after the end of the script, or whom close() cut off, did nothing wrong.
            boolean afterTheEnd = number > steps.size() && e instanceof IOException;
            if (!afterTheEnd && !listener.isClosed()) {
                fail(new AssertionError("step " + number + " of " + steps.size() + ": " + e.getMessage(), e));
            }
        } finally {
            open.remove(socket);
        }
    }

    private void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
        while (unplayed.getCount() > 0) {
            unplayed.countDown();
        }
    }

    private void inBackground(String name, Action action) {
        Thread thread = new Thread(
                () -> {
                    try {
                        action.run();
                    } catch (IOException e) {
                        fail(e);
                    }
                },
                "scripted server " + port() + " " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static List<List<Step>> perConnection(List<Step> steps) {
        List<List<Step>> scripts = new ArrayList<>();
        scripts.add(new ArrayList<>());
        for (Step step : steps) {
            if (step == NEXT_CONNECTION) {
                scripts.add(new ArrayList<>());
            } else {
                scripts.get(scripts.size() - 1).add(step);
            }
        }
        return scripts;
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    /** A script in the making; each call adds the {@link Step} of its name. */
    public static final class Script {
        private final List<Step> steps = new ArrayList<>();

        private Script() {}

        /** Adds any step. */
        public Script then(Step step) {
            steps.add(step);
            return this;
        }

        /** Adds {@link Step#greeting()}. */
        public Script greeting() {
            return then(Step.greeting());
        }

        /** Adds {@link Step#expect(FrontendMessage)}. */
        public Script expect(FrontendMessage message) {
            return then(Step.expect(message));
        }

        /** Adds {@link Step#expect(Class)}. */
        public Script expect(Class<? extends FrontendMessage> kind) {
            return then(Step.expect(kind));
        }

        /** Adds {@link Step#expectEnd()}. */
        public Script expectEnd() {
            return then(Step.expectEnd());
        }

        /** Adds {@link Step#send(BackendMessage...)}. */
        public Script send(BackendMessage... messages) {
            return then(Step.send(messages));
        }

        /** Adds {@link Step#sendRaw(byte...)}. */
        public Script sendRaw(byte... bytes) {
            return then(Step.sendRaw(bytes));
        }

        /** Adds {@link Step#startTls(SSLContext)}. */
        public Script startTls(SSLContext context) {
            return then(Step.startTls(context));
        }

        /** Adds {@link Step#split(int)}. */
        public Script split(int bytesPerWrite) {
            return then(Step.split(bytesPerWrite));
        }

        /** Adds {@link Step#pause(Duration)}. */
        public Script pause(Duration duration) {
            return then(Step.pause(duration));
        }

        /** Adds {@link Step#close()}. */
        public Script close() {
            return then(Step.close());
        }

        /** Adds {@link Step#closeWithReset()}. */
        public Script closeWithReset() {
            return then(Step.closeWithReset());
        }

        /** Adds {@link Step#nextConnection()}. */
        public Script nextConnection() {
            return then(Step.nextConnection());
        }

        /** Starts a server that plays it. */
        public ScriptedServer start() {
            return ScriptedServer.start(List.copyOf(steps));
        }
    }
}
