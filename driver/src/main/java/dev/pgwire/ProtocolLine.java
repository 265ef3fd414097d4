package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.session.SessionLine;
import dev.pgwire.protocol.Message;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The line to the server, on which a program sends and receives messages itself: inside of {@link Connection#protocol}, by the thread
 * that runs the block. The messages are those of {@code dev.pgwire.protocol.frontend} and {@code .backend}. Source: PostgreSQL manual,
 * chapter 54, Frontend/Backend Protocol.
 */
public final class ProtocolLine {
    private final SessionLine line;

    ProtocolLine(SessionLine line) {
        this.line = line;
    }

    /**
     * Sends messages, in one write: a {@code FrontendMessage}, or an {@link dev.pgwire.protocol.UnknownMessage} of a tag that is not known here.
     *
     * @throws IllegalArgumentException if one cannot be sent; then none is
     * @throws InterfaceException outside of the block, and in another thread
     * @throws dev.pgwire.error.PgException if the connection was lost
     */
    public void send(Message... messages) {
        line.send(messages);
    }

    /** Sends bytes, whatever they are; else as {@link #send}. What they are is looked at: by their frames it is known what the server has to answer. */
    public void sendRaw(byte... bytes) {
        line.sendRaw(bytes);
    }

    /**
     * Waits for the next message, however long: also one that comes unasked, such as a ParameterStatus, which does in the
     * connection what it always does, too.
     *
     * @return a {@code BackendMessage}, or an {@link dev.pgwire.protocol.UnknownMessage} if its tag is not known here
     * @throws QueryCanceledException if the thread is interrupted; what comes can still be received
     * @throws InterfaceException outside of the block, and in another thread
     * @throws dev.pgwire.error.PgException if the connection was lost, behind all messages that came before
     */
    public Message receive() {
        return Objects.requireNonNull(line.receive(null));
    }

    /**
     * Waits for the next message; else as {@link #receive()}.
     *
     * @param limit how long; zero looks at what has come
     * @return null if none came in that time
     */
    public @Nullable Message receive(Duration limit) {
        if (limit.isNegative()) {
            throw new InterfaceException("the limit is " + limit + ", expected none that is negative");
        }
        return line.receive(limit);
    }
}
