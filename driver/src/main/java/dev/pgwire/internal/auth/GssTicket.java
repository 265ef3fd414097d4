package dev.pgwire.internal.auth;

import dev.pgwire.protocol.auth.AuthenticationFailure;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/**
 * Where Kerberos gets its ticket from: the caller's {@link Subject} if it has one, or what else this Java is configured
 * for; else the ticket cache, as {@code kinit} leaves it. No password is ever asked for. What was read of it is in memory
 * until it is closed.
 */
final class GssTicket {
    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

    private final GSSCredential credential;
    private final @Nullable LoginContext login;

    GssTicket(GSSCredential credential, @Nullable LoginContext login) {
        this.credential = credential;
        this.login = login;
    }

    static GssTicket find(GSSManager manager, Oid kerberos) throws GSSException {
        try {
            return new GssTicket(create(manager, kerberos), null);
        } catch (GSSException none) {
            return fromCache(manager, kerberos);
        }
    }

    GSSCredential credential() {
        return credential;
    }

    /** Forgets the ticket; the caller's own, or the one in the cache, stays. */
    void close() {
        try {
            credential.dispose();
        } catch (GSSException gone) {
            // There is nothing left to be done about it, and authentication has ended already.
        }
        if (login != null) {
            logOut(login);
        }
    }

    private static GSSCredential create(GSSManager manager, Oid kerberos) throws GSSException {
        return manager.createCredential(null, GSSCredential.DEFAULT_LIFETIME, kerberos, GSSCredential.INITIATE_ONLY);
    }

    private static GssTicket fromCache(GSSManager manager, Oid kerberos) throws GSSException {
        LoginContext login = logIn();
        boolean found = false;
        try {
            GSSCredential credential = Subject.doAs(login.getSubject(), new PrivilegedExceptionAction<GSSCredential>() {
                @Override
                public GSSCredential run() throws GSSException {
                    return create(manager, kerberos);
                }
            });
            found = true;
            return new GssTicket(credential, login);
        } catch (PrivilegedActionException failed) {
            if (failed.getCause() instanceof GSSException failure) {
                throw failure;
            }
            throw new IllegalStateException(failed);
        } finally {
            if (!found) {
                logOut(login);
            }
        }
    }

    private static LoginContext logIn() {
        try {
            LoginContext login = new LoginContext("pgwire", new Subject(), null, new CacheOnly());
            login.login();
            return login;
        } catch (LoginException noTicket) {
            throw new AuthenticationFailure("the server asks for gss authentication, and there is no Kerberos ticket: "
                    + noTicket.getMessage() + ", expected one in the ticket cache (kinit)");
        }
    }

    private static void logOut(LoginContext login) {
        try {
            login.logout();
        } catch (LoginException gone) {
            // As above.
        }
    }

    /** What a file for JAAS would say, so that none is needed. */
    private static final class CacheOnly extends Configuration {
        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            Map<String, String> options = Map.of("useTicketCache", "true", "doNotPrompt", "true");
            return new AppConfigurationEntry[] {
                new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options)
            };
        }
    }
}
