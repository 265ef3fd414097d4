package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.session.SessionLine;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.UnknownMessage;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The line to the server, on which a program sends and receives messages itself: inside of {@link Connection#protocol}, by the thread
 * that runs the block. The messages are those of {@code dev.pgwire.protocol.frontend} and {@code .backend}. Source: PostgreSQL manual,
 * chapter 54, Frontend/Backend Protocol.
 */
public final class ProtocolLine {
    private final SessionLine line;
    private @Nullable Consumer<UnknownMessage> onUnknown;

    ProtocolLine(SessionLine line) {
        this.line = line;
    }

    /**
     * Sends messages, in one write: a {@code FrontendMessage}, or an {@link UnknownMessage} of a tag that is not known here.
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
     * @return a {@code BackendMessage}, or an {@link UnknownMessage} if its tag is not known here
     * @throws QueryCanceledException if the thread is interrupted; what comes can still be received
     * @throws InterfaceException outside of the block, and in another thread
     * @throws dev.pgwire.error.PgException if the connection was lost, behind all messages that came before
     */
    public Message receive() {
        return Objects.requireNonNull(known(null));
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
        return known(limit);
    }

    /**
     * Has something told of each message whose tag is not known here, in place of {@link #receive} giving it; null for nothing. It is
     * called by the thread that receives, when such a message is the next one, and may send and receive itself. What it throws comes out
     * of {@link #receive}.
     *
     * @throws InterfaceException outside of the block, and in another thread
     */
    public void onUnknown(@Nullable Consumer<UnknownMessage> handler) {
        line.check();
        onUnknown = handler;
    }

    private @Nullable Message known(@Nullable Duration limit) {
        long begun = limit == null ? 0 : System.nanoTime();
        Duration left = limit;
        while (true) {
            Message message = line.receive(left);
            Consumer<UnknownMessage> handler = onUnknown;
            if (handler == null || !(message instanceof UnknownMessage unknown)) {
                return message;
            }
            handler.accept(unknown);
            if (limit != null) {
                left = limit.minusNanos(System.nanoTime() - begun);
                left = left.isNegative() ? Duration.ZERO : left;
            }
        }
    }
}
