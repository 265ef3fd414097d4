package dev.pgwire.testkit;

import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Opening;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * One line of the script of a {@link ScriptedServer}. A script is a list of them:
 *
 * <pre>{@code
 * ScriptedServer.start(
 *         Step.greeting(),
 *         Step.expect(new Query("SELECT 1")),
 *         Step.send(new CommandComplete("SELECT 0"), ReadyForQuery.of(TransactionStatus.IDLE)));
 * }</pre>
 */
@FunctionalInterface
public interface Step {
    /**
     * Does it.
     *
     * @throws AssertionError when the client did something else than the script says
     * @throws IOException when the connection broke
     */
    void play(ScriptedConnection connection) throws IOException;

    /** What a session begins with: takes any startup message and sends everything up to ReadyForQuery. */
    static Step greeting() {
        return Greeting::play;
    }

    /** What a server says that trusts the sender of the startup message: these parameters, a key, ReadyForQuery. */
    static Step welcome(Map<String, String> parameters) {
        return connection -> Greeting.welcome(connection, parameters);
    }

    /** Reads a message, which must be this one to the byte. */
    static Step expect(FrontendMessage message) {
        return connection -> connection.expect(message);
    }

    /** Reads a message, which must be of this kind. */
    static Step expect(Class<? extends FrontendMessage> kind) {
        return connection -> connection.expect(kind);
    }

    /** Waits for the client to close the connection. */
    static Step expectEnd() {
        return ScriptedConnection::expectEnd;
    }

    /** Sends messages, in one write unless {@link #split} came before. */
    static Step send(BackendMessage... messages) {
        return connection -> connection.send(messages);
    }

    /** Sends bytes that need not be a message: half of one, too many, none at all. */
    static Step sendRaw(byte... bytes) {
        return connection -> connection.sendRaw(bytes);
    }

    /**
     * Says yes to a client that asks for TLS, and shakes hands with the certificate and the key of the context; all that
     * follows goes through TLS.
     */
    static Step startTls(SSLContext context) {
        return connection -> {
            connection.expect(Opening.Encryption.SSL_REQUEST);
            connection.sendRaw((byte) 'S');
            connection.startTls(context);
        };
    }

    /** From here on, no write is longer than this; with 1, every byte is a packet of its own. */
    static Step split(int bytesPerWrite) {
        return connection -> connection.split(bytesPerWrite);
    }

    /** Does nothing for a while. */
    static Step pause(Duration duration) {
        return connection -> ScriptedConnection.pause(duration);
    }

    /** Closes the connection in good order: the client reads the end of the stream. */
    static Step close() {
        return ScriptedConnection::close;
    }

    /** Breaks the connection off: the client gets a "connection reset". */
    static Step closeWithReset() {
        return ScriptedConnection::closeWithReset;
    }

    /** The steps after it are for the next connection, which may come while this one is still open. */
    static Step nextConnection() {
        return ScriptedServer.NEXT_CONNECTION;
    }
}
