package dev.pgwire.internal.exchange;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.ServerErrors;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.NoticeResponse;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.ReadyForQuery;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Routes each message to the exchange that waits for it: first in, first out. The rules that concern every exchange live here
 * and nowhere else: an error makes the server skip all until the next Sync, ReadyForQuery ends a segment, and three
 * messages may come at any time.
 */
public final class Conversation {
    /** An array of received bytes that is larger holds one frame. */
    public static final int LARGEST_SHARED = RowPageWriter.LARGEST_SHARED;

    /** What the SQLSTATEs begin with under which an operator ends a session, be it by a warning. */
    private static final String SHUTDOWN = "57P";

    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
    private final RowPageWriter pages = new RowPageWriter();
    private final SessionEvents events;
    private @Nullable Diagnostic lastWords;
    private @Nullable Diagnostic lastWarning;
    /** Why the server skips what it is sent, while no Sync has been sent behind the request that failed. */
    private @Nullable PgException skipping;

    private volatile @Nullable PgException end;

    /** A conversation in which nothing was said yet. */
    public Conversation(SessionEvents events) {
        this.events = events;
    }

    /** Queues an exchange whose request is about to be sent. */
    public void add(Exchange exchange) {
        if (end != null) {
            exchange.lost(Loss.later(end));
        } else {
            forgetWords();
            if (!isSkipped(exchange)) {
                waiting.add(exchange);
            }
        }
    }

    /** An exchange whose request is not sent, and which was not queued, fails for good. */
    public void refuse(Exchange exchange, PgException cause) {
        exchange.lost(cause);
    }

    /** A request behind one that has failed gets no answer, up to the Sync. */
    private boolean isSkipped(Exchange exchange) {
        PgException cause = skipping;
        if (cause == null) {
            return false;
        }
        exchange.fail(cause);
        if (exchange.endsSegment()) {
            skipping = null;
            return false;
        }
        return true;
    }

    /**
     * Routes the rows that stand one behind the other in received bytes.
     *
     * @return where the first frame begins that is no DataRow, or is not there as a whole
     */
    public int rows(byte[] bytes, int from, int to) {
        Exchange head = waiting.peek();
        if (head == null) {
            throw new ProtocolViolation("DataRow came while nothing was asked");
        }
        return head.rows(bytes, from, to, pages);
    }

    /** Whether data of a COPY comes as a run, by {@link #copied}, and not as messages. */
    public boolean takesCopyData() {
        Exchange head = waiting.peek();
        return head != null && head.takesCopyData();
    }

    /** Routes the pieces of a COPY that stand one behind the other in received bytes, as {@link #rows} does. */
    public int copied(byte[] bytes, int from, int to) {
        return waiting.element().copied(bytes, from, to, pages);
    }

    /** What stands in a frame; null if the exchange that waits has taken it as it is. */
    public @Nullable BackendMessage decode(byte tag, ByteBuf body) {
        Exchange head = waiting.peek();
        return head == null ? BackendDecoder.decode(tag, body) : head.decode(tag, body);
    }

    /** An exchange waits no longer, and nothing is to come for it. */
    public void withdraw(Exchange exchange) {
        waiting.remove(exchange);
    }

    /** Routes any other message. */
    public void receive(BackendMessage message) {
        Exchange head = waiting.peek();
        if (head == null || !head.sharesPages(message)) {
            pages.flush();
        }
        if (head != null && !head.admits(message)) {
            throw head.unexpected(message);
        }
        if (message instanceof ReadyForQuery ready) {
            ready(ready);
        } else if (message instanceof ErrorResponse error) {
            error(error.diagnostic());
        } else if (message instanceof NoticeResponse notice) {
            if (notice.diagnostic().severity().equals("WARNING")) {
                lastWarning = notice.diagnostic();
            }
            events.notice(notice.diagnostic());
        } else if (message instanceof ParameterStatus parameter) {
            events.parameter(parameter);
        } else if (message instanceof NotificationResponse notification) {
            events.notification(notification);
        } else {
            if (head == null) {
                throw new ProtocolViolation(message.getClass().getSimpleName() + " came while nothing was asked");
            }
            if (head.receive(message)) {
                waiting.remove();
            }
        }
    }

    /** A reader waits for rows: those that came so far go to their results, where they lie. */
    public void deliver() {
        pages.deliver();
    }

    /** The received bytes are at an end, or fill their array: what was collected goes to whom it is for. */
    public void endPage() {
        pages.flush();
    }

    /** How many bytes the rows took on the wire that came and were not yet delivered. */
    public int undeliveredBytes() {
        return pages.collectedBytes();
    }

    /** Whether rows live on in an array of received bytes, so that it cannot be used for the next ones. */
    public boolean hasTaken(byte[] array) {
        return pages.hasTaken(array);
    }

    /** An array of received bytes is used no more. */
    public void leave(byte[] array) {
        pages.leave(array);
    }

    /** An array of received bytes for a frame that needs a large one, if one was given back that fits. */
    public byte @Nullable [] large(int frame) {
        return pages.large(frame);
    }

    /** Large arrays of received bytes are of no use for now. */
    public void dropLarge() {
        pages.dropLarge();
    }

    /** The longest body that may follow a tag now. */
    public int maxBody(byte tag) {
        Exchange head = waiting.peek();
        return head == null ? Wire.MAX_BODY : head.maxBody(tag);
    }

    /** Whether an error may come now that has no length. */
    public boolean admitsBareError() {
        Exchange head = waiting.peek();
        return head != null && head.admitsBareError();
    }

    /** Ends a conversation that was lost, as {@link #close} does. */
    public void end(PgException cause) {
        if (end == null) {
            events.lost();
            close(cause);
        }
    }

    /** Ends the conversation: every exchange that waits fails with the same cause, each segment by an exception of its own. */
    public void close(PgException cause) {
        if (end != null) {
            return;
        }
        pages.flush();
        PgException first = Loss.of(cause, lastWords, lastWarning);
        end = first;
        PgException why = first;
        for (Exchange exchange = waiting.poll(); exchange != null; exchange = waiting.poll()) {
            exchange.lost(why);
            if (exchange.endsSegment()) {
                why = Loss.again(first);
            }
        }
    }

    /** Whether no exchange waits for an answer. */
    public boolean isQuiet() {
        return waiting.isEmpty();
    }

    /** Why the conversation ended, or null while it goes on. */
    public @Nullable PgException ended() {
        return end;
    }

    private void ready(ReadyForQuery ready) {
        Exchange head = waiting.peek();
        if (head == null || !head.endsSegment()) {
            throw new ProtocolViolation(
                    "ReadyForQuery came while " + (head == null ? "nothing was asked" : head + " waits"));
        }
        forgetWarning();
        events.ready(ready.status(), waiting.size() == 1 && !head.goesOn());
        if (!head.receive(ready)) {
            throw head.unexpected(ready);
        }
        waiting.remove();
    }

    /** The server has gone on since; only a farewell still explains a loss. */
    private void forgetWords() {
        if (lastWords != null && !Loss.isFarewell(lastWords)) {
            lastWords = null;
        }
        forgetWarning();
    }

    private void forgetWarning() {
        if (lastWarning != null && !lastWarning.sqlState().startsWith(SHUTDOWN)) {
            lastWarning = null;
        }
    }

    /** The server skips what follows a failed request until the next Sync; so do we. */
    private void error(Diagnostic diagnostic) {
        Exchange head = waiting.peek();
        if (head == null || Loss.isFarewell(diagnostic)) {
            lastWords = diagnostic;
        }
        if (head == null) {
            return;
        }
        DatabaseException cause = events.failed(ServerErrors.of(diagnostic, head.sql(), head.place(diagnostic)));
        while (head != null && !head.endsSegment()) {
            head.fail(cause);
            waiting.remove();
            head = waiting.peek();
        }
        if (head != null) {
            head.fail(cause);
        } else {
            skipping = cause;
        }
    }
}
