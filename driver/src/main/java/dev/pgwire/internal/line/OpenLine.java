package dev.pgwire.internal.line;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.LineExchange;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.FrameCutter;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.PasswordKind;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What a program has sent itself, and what came for it. Used by the thread that has the connection's turn. */
public final class OpenLine implements LineExchange.Inbox {
    private final Dispatch dispatch;
    private final Deque<Message> received = new ArrayDeque<>();
    private final Outstanding outstanding = new Outstanding();
    private final FrameCutter sent = new FrameCutter(Side.FRONTEND);
    private final LineExchange exchange = new LineExchange(this);
    /** Whether its end has begun, from which on what comes is only counted. */
    private boolean isSettling;

    private @Nullable PgException lost;
    /** Why what was sent is no sequence of messages; null if it is one. */
    private @Nullable ProtocolViolation garbage;

    public OpenLine(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /** From now on what the server says comes here. */
    public void begin() {
        dispatch.transport().expect(exchange);
    }

    @Override
    public void came(Message message) {
        outstanding.came(message);
        if (!isSettling) {
            received.add(message);
        }
    }

    @Override
    public boolean takesRows() {
        return !isSettling;
    }

    @Override
    public boolean goesOn() {
        return !outstanding.isQuiet();
    }

    @Override
    public void lost(PgException cause) {
        lost = cause;
    }

    @Override
    public void again(LineExchange exchange) {
        dispatch.transport().expect(exchange);
    }

    /** Sends bytes, which are released. */
    public Procedure<@Nullable Void> sending(ByteBuf bytes) {
        return new LineSending(dispatch, this, bytes);
    }

    /** Takes what came next; null if nothing did. */
    public @Nullable Message poll() {
        return received.poll();
    }

    /** Whether something came, or nothing ever will. */
    public boolean hasNews() {
        return !received.isEmpty() || lost != null;
    }

    /** Why the connection was lost, or null. */
    @Nullable
    public PgException lost() {
        return lost;
    }

    /** Takes note of what is sent. */
    void sends(ByteBuf bytes) {
        if (garbage != null) {
            return;
        }
        sent.add(bytes.duplicate());
        try {
            for (Frame frame = next(); frame != null; frame = next()) {
                outstanding.sent(frame.tag());
            }
        } catch (ProtocolViolation noMessages) {
            garbage = noMessages;
        }
    }

    private @Nullable Frame next() {
        return sent.tagged(PasswordKind.PASSWORD);
    }

    Outstanding outstanding() {
        return outstanding;
    }

    /**
     * Ends it: what is not answered yet is waited for, behind a CopyFail and a Sync where they are missing.
     */
    public Procedure<@Nullable Void> settling() {
        isSettling = true;
        received.clear();
        return new LineSettling(dispatch, this);
    }

    /** The server's messages go where they belong again. */
    public void withdraw() {
        dispatch.transport().withdraw(exchange);
        if (outstanding.isUsed() || sent.offset() > 0) {
            dispatch.meaning().sentAnything();
        }
    }

    /**
     * Checks that a request can bring the session back to a known state.
     *
     * @throws ConnectionFailureException if none can
     */
    void checkFrames() {
        String reason = null;
        if (garbage != null) {
            reason = "what was sent on it is no sequence of messages (" + garbage.getMessage() + ")";
        } else if (sent.waiting() > 0) {
            reason = "the last message that was sent on it is not complete: " + sent.waiting()
                    + " bytes of it were sent";
        } else if (outstanding.isBeyondHelp()) {
            reason = "Terminate was sent on it, or replication was begun";
        }
        if (reason != null) {
            throw new ConnectionFailureException(
                    "the connection was closed behind its raw line: " + reason
                            + ", expected whole messages, and that the session goes on behind them",
                    null);
        }
    }
}
