package dev.pgwire.laboratory.capture;

import dev.pgwire.laboratory.capture.network.Endpoint;
import java.util.function.Consumer;

/** What the readers of one capture share: the ports of servers, the numbers of connections, and what is told. */
final class Sniffing {
    private final Selection selection;
    private final Consumer<CaptureEvent> told;
    private int connections;
    private int passedOver;

    Sniffing(Selection selection, Consumer<CaptureEvent> told) {
        this.selection = selection;
        this.told = told;
    }

    boolean isServer(Endpoint end) {
        return selection.ports().contains(end.port());
    }

    CapturedConnection number(Endpoint client, Endpoint server) {
        return new CapturedConnection(++connections, client, server);
    }

    /** What is to be told of a connection. */
    Consumer<CaptureEvent> of(CapturedConnection connection) {
        return selection.hasConnection(connection)
                ? event -> {
                    if (selection.has(event)) {
                        told.accept(event);
                    }
                }
                : event -> {};
    }

    void passedOver() {
        passedOver++;
    }

    void remark(String text) {
        told.accept(new CaptureRemark(null, null, text));
    }

    void end() {
        if (passedOver > 0) {
            remark("passed over " + passedOver + (passedOver == 1 ? " connection" : " connections")
                    + " whose first bytes are not PostgreSQL's; servers are known by the port "
                    + selection.ports().stream()
                            .map(String::valueOf)
                            .reduce((a, b) -> a + ", " + b)
                            .orElse("")
                    + " or by a StartupMessage");
        }
    }
}
