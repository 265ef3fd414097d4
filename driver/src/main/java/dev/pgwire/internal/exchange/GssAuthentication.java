package dev.pgwire.internal.exchange;

import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.protocol.auth.AuthenticationFailure;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
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

    GssAuthentication(Config config, Host host) {
        if (host.isUnixSocket() || host.name().isEmpty()) {
            throw new AuthenticationFailure(
                    "the server asks for gss authentication, which needs the name of its host, expected host=...");
        }
        service = config.krbServiceName() + "@" + host.name();
        try {
            Oid kerberos = new Oid(KERBEROS);
            GSSManager manager = GSSManager.getInstance();
            GSSCredential credential = GssTicket.credential(manager, kerberos);
            GSSName name = manager.createName(service, GSSName.NT_HOSTBASED_SERVICE);
            context = manager.createContext(name, kerberos, credential, GSSContext.DEFAULT_LIFETIME);
            context.requestMutualAuth(true);
            context.requestCredDeleg(config.gssDelegation());
        } catch (GSSException failure) {
            throw failed(failure);
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
            throw failed(failure);
        }
    }

    /** Whether both sides have proven who they are. */
    boolean isComplete() {
        return context.isEstablished();
    }

    private AuthenticationFailure failed(GSSException failure) {
        return new AuthenticationFailure("GSSAPI cannot authenticate to the service \"" + service + "\": "
                + failure.getMessage() + ", expected a Kerberos ticket (kinit) and a service of this name");
    }
}
