package dev.pgwire.internal.request;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.Exchange;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.protocol.frontend.FrontendMessage;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What is about to be sent: the messages, encoded one behind the other, and the exchanges that will understand the
 * answers. Until {@link #send} nothing of it has happened. One per session, used again and again.
 */
public final class Request {
    private final Transport transport;
    private final List<Exchange> exchanges = new ArrayList<>();
    private ByteBuf out;

    Request(Transport transport) {
        this.transport = transport;
        this.out = transport.request();
    }

    /** Forgets what was written, and not sent. */
    Request clear() {
        exchanges.clear();
        out = transport.request();
        return this;
    }

    /** Adds a message. */
    public Request message(FrontendMessage message) {
        message.encode(out);
        return this;
    }

    /** The bytes so far, to encode further messages into. */
    public ByteBuf out() {
        return out;
    }

    /** Adds the exchange that understands the answers to the messages since the last one. */
    public Request expect(Exchange exchange) {
        exchanges.add(exchange);
        return this;
    }

    /** What was to be sent is not: its exchanges have failed. */
    public void refuse(PgException why) {
        for (int i = 0; i < exchanges.size(); i++) {
            transport.refuse(exchanges.get(i), why);
        }
        exchanges.clear();
    }

    /** Sends it all, in one write. */
    void send() {
        for (int i = 0; i < exchanges.size(); i++) {
            transport.expect(exchanges.get(i));
        }
        transport.flush();
    }
}
