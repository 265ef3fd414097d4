package dev.pgwire.internal.tls;

import javax.net.ssl.SSLEngine;

/**
 * An engine for the handshake with one server.
 *
 * @param engine the engine, in client mode
 * @param serverCheck what it asks of the server, whatever becomes of the files that it was made from
 */
public record ClientEngine(SSLEngine engine, ServerCheck serverCheck) {}
