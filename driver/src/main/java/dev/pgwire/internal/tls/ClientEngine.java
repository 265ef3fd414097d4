package dev.pgwire.internal.tls;

import javax.net.ssl.SSLEngine;

/**
 * An engine for the handshake with one server.
 *
 * @param engine the engine, in client mode
 * @param serverCheck what it asks of the server, even if the files that it was made from have changed since
 */
public record ClientEngine(SSLEngine engine, ServerCheck serverCheck) {}
