package dev.pgwire.internal.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.protocol.auth.AuthenticationFailure;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.junit.jupiter.api.Test;

/** What is left of GSSAPI when it has ended; that it authenticates is for real servers to say. */
class GssAuthenticationTest {
    private static final List<String> CLOSED = new ArrayList<>();

    @Test
    void contextAndTicketAreForgottenInThisOrder() throws LoginException {
        CLOSED.clear();
        authentication(false).close();
        assertEquals(List.of("GSSContext", "GSSCredential", "login"), CLOSED);
    }

    @Test
    void theTicketIsForgottenEvenIfTheContextCannotBe() throws LoginException {
        CLOSED.clear();
        GssAuthentication broken = authentication(true);
        assertDoesNotThrow(broken::close);
        assertEquals(List.of("GSSContext", "GSSCredential", "login"), CLOSED);
    }

    @Test
    void textOfOthersIsShownWithoutControlCharacters() throws LoginException {
        String message = assertThrows(AuthenticationFailure.class, authentication(true)::first)
                .getMessage();
        assertFalse(message.contains("\n") || message.contains("\u001b"), message);
    }

    @Test
    void anAuthenticatorThatWasNotAskedForGssHasNothingToForget() {
        Authenticator authenticator =
                new Authenticator(Config.parse("host=h"), new Host("h", null, 5432), null, ChannelSecurity.PLAIN);
        assertDoesNotThrow(authenticator::close);
    }

    private static GssAuthentication authentication(boolean broken) throws LoginException {
        LoginContext login = new LoginContext("test", new Subject(), null, new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(Module.class.getName(), LoginModuleControlFlag.REQUIRED, Map.of())
                };
            }
        });
        login.login();
        return new GssAuthentication(
                "postgres@h", one(GSSContext.class, broken), new GssTicket(one(GSSCredential.class, broken), login));
    }

    private static <T> T one(Class<T> type, boolean broken) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("dispose")) {
                        CLOSED.add(type.getSimpleName());
                    }
                    if (method.getName().equals("isEstablished")) {
                        return false;
                    }
                    if (broken) {
                        throw new GSSException(GSSException.FAILURE, 1, "no\n\u001b[1m");
                    }
                    return null;
                }));
    }

    /** Lets in whoever comes. */
    public static final class Module implements LoginModule {
        @Override
        public void initialize(
                Subject subject, CallbackHandler handler, Map<String, ?> shared, Map<String, ?> options) {}

        @Override
        public boolean login() {
            return true;
        }

        @Override
        public boolean commit() {
            return true;
        }

        @Override
        public boolean abort() {
            return true;
        }

        @Override
        public boolean logout() {
            CLOSED.add("login");
            return true;
        }
    }
}
