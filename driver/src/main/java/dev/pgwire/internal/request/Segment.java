package dev.pgwire.internal.request;

import dev.pgwire.internal.exchange.Exchange;
import dev.pgwire.internal.exchange.RepeatedExchange;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.FrontendMessage;

/**
 * All from a first message to the Sync, sent in parts. The server commits what came when it reads the Sync, unless something
 * has failed: what is not to stay is made to fail on purpose.
 */
public final class Segment {
    /** The server knows no such portal: this fails, and nothing but this. */
    public static final Execute FAIL = new Execute("pgwire_abandoned_batch", 0);

    /** The server works on one part while the next one is written. */
    static final int PART = 64 * 1024;

    private final Dispatch dispatch;
    private final RepeatedExchange exchange;
    /** Whether something of it was sent. */
    private boolean begun;
    /** Whether the exchange is queued. */
    private boolean expected;
    /** Whether its Sync was sent. */
    private boolean ended;

    private Segment(Dispatch dispatch, RepeatedExchange exchange, boolean begun) {
        this.dispatch = dispatch;
        this.exchange = exchange;
        this.begun = begun;
    }

    /** A segment of which nothing was sent. */
    public static Segment of(Dispatch dispatch, RepeatedExchange exchange) {
        return new Segment(dispatch, exchange, false);
    }

    /** One that was begun to describe a statement. */
    static Segment goingOn(Dispatch dispatch, RepeatedExchange exchange) {
        return new Segment(dispatch, exchange, true);
    }

    /** A request for its next part. What is due rides with the first. */
    public Request part() {
        Request request = begun ? dispatch.bareRequest() : dispatch.newRequest();
        return expected ? request : request.expect(exchange);
    }

    /** A request for its first part, to which something else is answered before the exchange of the segment. */
    public Request firstPartBehind(Exchange first) {
        return dispatch.newRequest().expect(first).expect(exchange);
    }

    /** The request is sent next, and executes the statement that many times. */
    public void adds(int executions) {
        exchange.expectExecutions(executions);
        begun = true;
        expected = true;
    }

    /** Ends the request, and with it the segment. */
    public void end(Request request) {
        request.message(Command.SYNC);
        exchange.expectSync();
        ended = true;
    }

    /** A request that ends the segment, behind a message that fails it. */
    public void fail(FrontendMessage failing) {
        end(part().message(failing));
        adds(0);
    }

    /**
     * Checks that it is to go on: the server, which waits for the rest, ignores a cancel request meanwhile.
     *
     * @throws dev.pgwire.error.QueryCanceledException if it is not
     */
    public void refuseCancelled() {
        if (begun && exchange.failure() == null && dispatch.isCancelled()) {
            throw dispatch.cancelled();
        }
    }

    public boolean isBegun() {
        return begun;
    }

    /** Whether the server has something of it that the exchange counts. */
    boolean isExpected() {
        return expected;
    }

    public boolean isEnded() {
        return ended;
    }
}
