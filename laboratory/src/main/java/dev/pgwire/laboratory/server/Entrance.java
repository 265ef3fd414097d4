package dev.pgwire.laboratory.server;

import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.auth.EndPoint;
import dev.pgwire.protocol.auth.Md5;
import dev.pgwire.protocol.auth.ScramServer;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.dialogue.EncryptionAnswer;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordKind;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** How a client comes in: encryption, start-up, authentication, and what it is told then. */
final class Entrance {
    private static final int TLS_HANDSHAKE = 0x16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Server server;
    private final ServerSettings settings;
    private final Wiring wiring;

    Entrance(Server server, ServerSettings settings, Wiring wiring) {
        this.server = server;
        this.settings = settings;
        this.wiring = wiring;
    }

    /** The session that was begun; null if the client only wanted to cancel, or has gone. */
    @Nullable
    ServerSession enter() throws IOException {
        if (wiring.peek() == TLS_HANDSHAKE) {
            SSLContext context = settings.tls();
            if (context == null) {
                return null;
            }
            wiring.continueBy(wiring.end().serveTls(context, wiring.rest()));
        }
        for (Frame frame = wiring.opening(); frame != null; frame = wiring.opening()) {
            Opening opening = (Opening) frame.message();
            if (opening instanceof Opening.Cancel cancel) {
                server.cancel(cancel);
                return null;
            }
            if (opening instanceof Opening.Startup startup) {
                return begin(startup);
            }
            answer((Opening.Encryption) opening);
        }
        return null;
    }

    private void answer(Opening.Encryption request) throws IOException {
        SSLContext context = settings.tls();
        boolean encrypts = request == Opening.Encryption.SSL_REQUEST
                && context != null
                && wiring.end().tlsSession() == null;
        wiring.send(encrypts ? EncryptionAnswer.TLS : EncryptionAnswer.NEITHER);
        wiring.flush();
        if (encrypts && context != null) {
            if (wiring.rest().length > 0) {
                // Bytes in the clear that would count as sent by TLS: CVE-2021-23214.
                throw new IOException("the client has sent bytes behind its SSLRequest");
            }
            wiring.continueBy(wiring.end().serveTls(context, new byte[0]));
        }
    }

    private ServerSession begin(Opening.Startup startup) throws IOException {
        ProtocolVersion asked = startup.version();
        List<String> unknown = startup.parameters().keySet().stream()
                .filter(name -> name.startsWith("_pq_."))
                .toList();
        ProtocolVersion version = asked.compareTo(settings.version()) > 0 ? settings.version() : asked;
        if (!version.equals(asked) || !unknown.isEmpty()) {
            wiring.send(new NegotiateProtocolVersion(version.code(), unknown));
        }
        String user = startup.parameters().get("user");
        if (user == null || user.isEmpty()) {
            throw refused("28000", "no PostgreSQL user name specified in startup packet");
        }
        if (settings.tlsRequired() && wiring.end().tlsSession() == null) {
            throw refused("28000", "no encryption: this server is for clients that use TLS");
        }
        authenticate(user);
        wiring.send(Authentication.Request.OK);
        int processId = server.nextProcessId();
        byte[] key = new byte[version.compareTo(ProtocolVersion.V3_2) < 0 ? 4 : 32];
        RANDOM.nextBytes(key);
        ServerSession session = new ServerSession(
                processId, key, version, startup.parameters(), settings.parametersFor(startup.parameters()), wiring);
        for (var parameter : settings.parametersFor(startup.parameters()).entrySet()) {
            wiring.send(new ParameterStatus(parameter.getKey(), parameter.getValue()));
        }
        wiring.send(new BackendKeyData(processId, key), ReadyForQuery.of(TransactionStatus.IDLE));
        // Before the client knows its key: it may cancel at once.
        server.entered(session);
        try {
            wiring.flush();
        } catch (IOException e) {
            server.left(session);
            throw e;
        }
        return session;
    }

    private void authenticate(String user) throws IOException {
        if (settings.users().isEmpty()) {
            return;
        }
        User known = settings.users().get(user);
        boolean passed =
                switch (settings.authentication()) {
                    case TRUST -> known != null;
                    case PASSWORD -> cleartext(known);
                    case MD5 -> md5(known);
                    case SCRAM_SHA_256 -> scram(user, known);
                };
        if (!passed) {
            throw refused("28P01", "password authentication failed for user \"" + user + "\"");
        }
    }

    private boolean cleartext(@Nullable User known) throws IOException {
        wiring.expect(PasswordKind.PASSWORD);
        wiring.send(Authentication.Request.CLEARTEXT_PASSWORD);
        byte[] given = answer(PasswordMessage.class).password();
        return known != null
                && !known.password().isEmpty()
                && MessageDigest.isEqual(given, known.password().getBytes(StandardCharsets.UTF_8));
    }

    private boolean md5(@Nullable User known) throws IOException {
        byte[] salt = new byte[4];
        RANDOM.nextBytes(salt);
        wiring.expect(PasswordKind.PASSWORD);
        wiring.send(new Authentication.Md5Password(salt));
        byte[] given = answer(PasswordMessage.class).password();
        return known != null
                && !known.password().isEmpty()
                && MessageDigest.isEqual(
                        given,
                        Md5.response(
                                known.name().getBytes(StandardCharsets.UTF_8),
                                known.password().getBytes(StandardCharsets.UTF_8),
                                salt));
    }

    private boolean scram(String user, @Nullable User known) throws IOException {
        byte[] endPoint = endPoint();
        ScramServer scram = known == null || known.verifier().isEmpty()
                ? ScramServer.ofUnknownUser(user, server.secret(), endPoint)
                : ScramServer.of(known.verifier(), endPoint);
        try {
            wiring.expect(PasswordKind.SASL_INITIAL);
            wiring.send(new Authentication.Sasl(scram.mechanisms()));
            SASLInitialResponse initial = answer(SASLInitialResponse.class);
            byte[] data = initial.data();
            byte[] first = scram.first(initial.mechanism(), data == null ? new byte[0] : data);
            wiring.expect(PasswordKind.SASL);
            wiring.send(new Authentication.SaslContinue(first));
            wiring.send(new Authentication.SaslFinal(
                    scram.last(answer(SASLResponse.class).data())));
            return true;
        } catch (ScramServer.Refused e) {
            if (e.sqlState().equals("28P01")) {
                return false;
            }
            throw refused(e.sqlState(), String.valueOf(e.getMessage()));
        }
    }

    /** What SCRAM can be bound to; null without TLS, or where the certificate has nothing to bind to. */
    private byte @Nullable [] endPoint() {
        SSLSession session = wiring.end().tlsSession();
        if (session == null || session.getLocalCertificates() == null) {
            return null;
        }
        return EndPoint.of((X509Certificate) session.getLocalCertificates()[0]).data();
    }

    private <T extends FrontendMessage> T answer(Class<T> kind) throws IOException {
        wiring.flush();
        FrontendMessage message = wiring.receive();
        if (message == null) {
            throw new EOFException("the client has gone while it was asked for its password");
        }
        if (!kind.isInstance(message)) {
            throw refused(
                    "08P01",
                    "expected " + kind.getSimpleName() + ", got "
                            + message.getClass().getSimpleName());
        }
        return kind.cast(message);
    }

    /** Tells the client why, and ends the connection. */
    private EOFException refused(String sqlState, String why) throws IOException {
        wiring.send(new ErrorResponse(Refusal.diagnostic("FATAL", sqlState, why)));
        wiring.flush();
        return new EOFException(why);
    }
}
