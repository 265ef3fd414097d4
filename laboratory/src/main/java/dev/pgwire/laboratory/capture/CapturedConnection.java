package dev.pgwire.laboratory.capture;

import dev.pgwire.laboratory.capture.network.Endpoint;

/**
 * A connection on which PostgreSQL is spoken.
 *
 * @param number 1 for the first one of a capture, then 2, 3, ...
 * @param client the address and port of the client
 * @param server those of the server
 */
public record CapturedConnection(int number, Endpoint client, Endpoint server) {
    /** As in {@code connection 1, 127.0.0.1:40000 to 127.0.0.1:5432}. */
    @Override
    public String toString() {
        return "connection " + number + ", " + client + " to " + server;
    }
}
