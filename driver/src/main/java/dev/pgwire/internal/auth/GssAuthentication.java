package dev.pgwire.internal.auth;

import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.protocol.auth.AuthenticationFailure;
import dev.pgwire.protocol.auth.PeerText;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/**
 * One authentication by GSSAPI with Kerberos (PostgreSQL manual, 20.6 GSSAPI Authentication), by the JDK's own
 * implementation and its configuration (krb5.conf). Loaded only when a server asks for it: not every Java has it.
 */
final class GssAuthentication {
    /** Kerberos 5 (RFC 1964). */
    private static final String KERBEROS = "1.2.840.113554.1.2.2";

    private static final byte[] NOTHING = {};

    private final String service;
    private final GSSContext context;
    private final GssTicket ticket;

    GssAuthentication(String service, GSSContext context, GssTicket ticket) {
        this.service = service;
        this.context = context;
        this.ticket = ticket;
    }

    static GssAuthentication of(Config config, Host host) {
        if (host.isUnixSocket() || host.name().isEmpty()) {
            throw new AuthenticationFailure(
                    "the server asks for gss authentication, which needs the name of its host, expected host=...");
        }
        String service = config.krbServiceName() + "@" + host.name();
        try {
            Oid kerberos = new Oid(KERBEROS);
            GSSManager manager = GSSManager.getInstance();
            GssTicket ticket = GssTicket.find(manager, kerberos);
            GSSContext context = null;
            try {
                GSSName name = manager.createName(service, GSSName.NT_HOSTBASED_SERVICE);
                context = manager.createContext(name, kerberos, ticket.credential(), GSSContext.DEFAULT_LIFETIME);
                context.requestMutualAuth(true);
                context.requestCredDeleg(config.gssDelegation());
                return new GssAuthentication(service, context, ticket);
            } catch (GSSException failure) {
                close(context, ticket);
                throw failure;
            }
        } catch (GSSException failure) {
            throw failed(service, failure);
        }
    }

    /** The first token. */
    byte @Nullable [] first() {
        return next(NOTHING);
    }

    /** The token that follows the server's, or null if there is none to send. */
    byte @Nullable [] next(byte[] token) {
        if (context.isEstablished()) {
            throw new AuthenticationFailure("the server goes on with GSSAPI after it was complete");
        }
        try {
            byte[] answer = context.initSecContext(token, 0, token.length);
            if (context.isEstablished() && !context.getMutualAuthState()) {
                throw new AuthenticationFailure(
                        "the server \"" + service + "\" did not prove who it is, expected mutual authentication");
            }
            return answer == null || answer.length == 0 ? null : answer;
        } catch (GSSException failure) {
            throw failed(service, failure);
        }
    }

    /** Whether both sides have proven who they are. */
    boolean isComplete() {
        return context.isEstablished();
    }

    /** Forgets the keys, of the session and of the ticket. */
    void close() {
        close(context, ticket);
    }

    private static void close(@Nullable GSSContext context, GssTicket ticket) {
        try {
            if (context != null) {
                context.dispose();
            }
        } catch (GSSException gone) {
            // There is nothing left to be done about it, and authentication has ended already.
        } finally {
            ticket.close();
        }
    }

    /** It may repeat the text of the Kerberos server. */
    private static AuthenticationFailure failed(String service, GSSException failure) {
        return new AuthenticationFailure(
                "GSSAPI cannot authenticate to the service \"" + service + "\": " + PeerText.shown(failure.getMessage())
                        + ", expected a Kerberos ticket (kinit) and a service of this name");
    }
}
