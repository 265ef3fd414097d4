package dev.pgwire.internal.exchange;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.backend.BackendMessage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One request and what the server answers to it. The conversation brings the answers in order; the exchange understands
 * them. Everything here runs on the thread that drives the connection.
 */
public abstract class Exchange {
    /**
     * Takes the next message of the answer.
     *
     * @return whether it was the last one
     * @throws ProtocolViolation if the message is not one that can come here
     */
    protected abstract boolean receive(BackendMessage message);

    /**
     * Takes the rows of the answer that stand one behind the other in received bytes.
     *
     * @return where the first frame begins that is no DataRow, or is not there as a whole
     */
    protected int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        throw new ProtocolViolation(this + " was answered with a DataRow that no RowDescription announced");
    }

    /** Whether data of a COPY comes to {@link #copied}, and not as messages. */
    protected boolean takesCopyData() {
        return false;
    }

    /**
     * Takes the pieces of a COPY (CopyData) that stand one behind the other in received bytes, which it may change.
     *
     * @return where the first frame begins that is no CopyData, or of which a part is still missing
     */
    protected int copied(byte[] bytes, int from, int to, RowPageWriter pages) {
        throw new ProtocolViolation(this + " was answered with CopyData that no CopyOutResponse announced");
    }

    /** Whether a message may come while this exchange waits, for this exchange or for any. */
    protected boolean admits(BackendMessage message) {
        return true;
    }

    /** Decodes a message that is not one of the usual ones; null if the exchange has taken it. */
    protected @Nullable BackendMessage decode(byte tag, ByteBuf body) {
        return BackendDecoder.decode(tag, body);
    }

    /** The request failed, or the server skipped it because one before it failed. */
    protected abstract void fail(PgException cause);

    /** The connection is gone: nothing more will come. */
    protected void lost(PgException cause) {
        fail(cause);
    }

    /** Whether ReadyForQuery ends this exchange; only then does the server go on after an error. */
    protected boolean endsSegment() {
        return false;
    }

    /** Whether more requests are to be answered behind the ReadyForQuery that has come, although no exchange waits for them. */
    protected boolean goesOn() {
        return false;
    }

    /** The SQL that a failure is about, for its message. */
    @Nullable
    protected String sql() {
        return null;
    }

    /** Which of several requests in one answer failed with an error, for the message of the failure. */
    @Nullable
    protected String place(Diagnostic error) {
        return null;
    }

    /** Whether rows before a message and rows behind it may be collected into one page. */
    protected boolean sharesPages(BackendMessage message) {
        return false;
    }

    /** The longest body that this exchange accepts for a message that begins with a tag. */
    protected int maxBody(byte tag) {
        return Wire.MAX_BODY;
    }

    /** Whether an error may come without a length: as those of protocol 2, from a server that could not even begin. */
    protected boolean admitsBareError() {
        return false;
    }

    /** The failure of an exchange that got a message that it does not know. */
    protected final ProtocolViolation unexpected(BackendMessage message) {
        return new ProtocolViolation(
                this + " was answered with " + message.getClass().getSimpleName()
                        + (message instanceof Enum<?> signal ? " " + signal.name() : "") + ", which cannot come here");
    }

    /** What messages call this exchange. */
    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
