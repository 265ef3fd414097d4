package dev.pgwire.protocol.auth;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.ServerFirstMessage;
import com.ongres.scram.common.StringPreparation;
import com.ongres.scram.common.exception.ScramException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One SCRAM-SHA-256 authentication (RFC 5802, RFC 7677; PostgreSQL manual, 54.3.1 SCRAM-SHA-256 Authentication): {@link
 * #clientFirst}, {@link #clientFinal}, {@link #verify}, in this order and once. {@code clientFinal} costs as much CPU as
 * the server asks for, so it does not belong on an event loop.
 */
public final class Scram implements SaslMechanism {
    /** The mechanism that both sides can always do. */
    public static final String MECHANISM = "SCRAM-SHA-256";

    /** The mechanism that is bound to the TLS channel, so that no machine in between can pass it on. */
    public static final String MECHANISM_PLUS = "SCRAM-SHA-256-PLUS";

    private static final String BINDING = "tls-server-end-point";
    private static final int MAX_SERVER_MESSAGE = 2_000;

    private final ScramClient client;
    private final int maxIterations;
    private boolean complete;

    private Scram(ScramClient client, int maxIterations) {
        this.client = client;
        this.maxIterations = maxIterations;
    }

    /**
     * Begins an authentication.
     *
     * @param serverMechanisms what the server offers
     * @param maxIterations how much work a server may ask for; 4096 is PostgreSQL's default
     * @throws AuthenticationFailure if the server offers nothing that is known here, or the password is empty or nothing to SASLprep
     */
    public static Scram client(List<String> serverMechanisms, char[] password, int maxIterations) {
        return client(serverMechanisms, password, maxIterations, null);
    }

    /**
     * Begins an authentication, on a channel that it can be bound to. It is bound if the server offers that; if not, the
     * server is told that we could, so that it notices when a machine in between took the offer away.
     *
     * @param serverMechanisms what the server offers
     * @param maxIterations how much work a server may ask for; 4096 is PostgreSQL's default
     * @param endPoint the hash of the server's certificate (RFC 5929, 4 tls-server-end-point); null or empty if there is none
     * @throws AuthenticationFailure if the server offers nothing that is known here, or the password is empty or nothing to SASLprep
     */
    public static Scram client(
            List<String> serverMechanisms, char[] password, int maxIterations, byte @Nullable [] endPoint) {
        // The server takes the user from the startup message and ignores this name, but it must not be empty.
        return client(serverMechanisms, "*", password, maxIterations, endPoint, null);
    }

    static Scram client(
            List<String> serverMechanisms,
            String user,
            char[] password,
            int maxIterations,
            byte @Nullable [] endPoint,
            @Nullable Supplier<String> nonce) {
        boolean bindable = endPoint != null && endPoint.length > 0;
        boolean bound = bindable && serverMechanisms.contains(MECHANISM_PLUS);
        if (!bound && !serverMechanisms.contains(MECHANISM)) {
            throw new AuthenticationFailure("the server offers the SASL mechanisms "
                    + PeerText.shown(serverMechanisms.toString()) + ", expected " + MECHANISM);
        }
        char[] prepared = ScramPassword.of(password);
        try {
            ScramClient.FinalBuildStage builder = ScramClient.builder()
                    .advertisedMechanisms(List.of(bound ? MECHANISM_PLUS : MECHANISM))
                    .username(user)
                    .password(prepared)
                    .stringPreparation(StringPreparation.POSTGRESQL_PREPARATION);
            if (endPoint != null && bindable) {
                builder.channelBinding(BINDING, endPoint);
            }
            Scram scram = new Scram((nonce == null ? builder : builder.nonceSupplier(nonce)).build(), maxIterations);
            if (scram.isBound() != bound) {
                // The library goes on without a binding when it finds nothing to bind to: never silently.
                throw new AuthenticationFailure(
                        "SCRAM chose " + scram.mechanism() + ", expected " + (bound ? MECHANISM_PLUS : MECHANISM));
            }
            return scram;
        } catch (AuthenticationFailure e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure("SCRAM cannot begin", e);
        }
    }

    /** The mechanism that was chosen: {@code SCRAM-SHA-256} or {@code SCRAM-SHA-256-PLUS}. */
    @Override
    public String mechanism() {
        return isBound() ? MECHANISM_PLUS : MECHANISM;
    }

    /** Whether it is bound to the channel that it runs through. */
    public boolean isBound() {
        return client.getScramMechanism().isPlus();
    }

    @Override
    public byte[] clientFirst() {
        return utf8(client.clientFirstMessage().toString());
    }

    /**
     * The data of the SASLResponse to AuthenticationSASLContinue.
     *
     * @throws AuthenticationFailure if the server's message is no SCRAM, or asks for too much work
     */
    @Override
    public byte[] clientFinal(byte[] serverFirst) {
        try {
            // Parsing costs nothing; the work that the server asks for is done in clientFinalMessage.
            String message = text(serverFirst);
            checkNonce(message);
            ServerFirstMessage first = client.serverFirstMessage(message);
            int iterations = first.getIterationCount();
            if (iterations < 1 || iterations > maxIterations) {
                throw new AuthenticationFailure(
                        "the server asks for " + iterations + " SCRAM iterations, expected 1 to " + maxIterations);
            }
            return utf8(client.clientFinalMessage().toString());
        } catch (AuthenticationFailure e) {
            throw e;
        } catch (ScramException | RuntimeException | AssertionError e) {
            // The library meets a missing attribute with an assertion.
            throw failure("the server's first SCRAM message is not acceptable", e);
        }
    }

    /**
     * Checks AuthenticationSASLFinal: that the server knows the password too.
     *
     * @throws AuthenticationFailure if it does not, or says that the authentication failed
     */
    @Override
    public void verify(byte[] serverFinal) {
        try {
            client.serverFinalMessage(text(serverFinal));
            complete = true;
        } catch (AuthenticationFailure e) {
            throw e;
        } catch (ScramException | RuntimeException | AssertionError e) {
            throw failure("the server did not prove that it knows the password", e);
        }
    }

    /** Whether the server has proven that it knows the password. */
    @Override
    public boolean isComplete() {
        return complete;
    }

    private static String text(byte[] serverMessage) {
        if (serverMessage.length > MAX_SERVER_MESSAGE) {
            throw new AuthenticationFailure("a SCRAM message of " + serverMessage.length
                    + " bytes from the server, expected at most " + MAX_SERVER_MESSAGE);
        }
        for (int i = 0; i < serverMessage.length; i++) {
            if (serverMessage[i] == 0) {
                throw new AuthenticationFailure(
                        "a SCRAM message from the server with a zero byte at index " + i + ", expected none");
            }
        }
        return new String(serverMessage, StandardCharsets.UTF_8);
    }

    /** The library takes any character in a nonce; RFC 5802, section 7, only printable ones: {@code %x21-2B / %x2D-7E}. */
    private static void checkNonce(String serverFirst) {
        if (!serverFirst.startsWith("r=")) {
            return;
        }
        for (int i = 2; i < serverFirst.length() && serverFirst.charAt(i) != ','; i++) {
            char c = serverFirst.charAt(i);
            if (c < '!' || c > '~') {
                throw new AuthenticationFailure("the server's SCRAM nonce has a character of code " + (int) c
                        + " at index " + (i - 2) + ", expected printable ASCII without blanks and commas");
            }
        }
    }

    private static byte[] utf8(String message) {
        return message.getBytes(StandardCharsets.UTF_8);
    }

    // Without the cause: an exception of a library may carry whatever that library thinks useful. Its text repeats the
    // server's.
    private static AuthenticationFailure failure(String what, Throwable e) {
        return new AuthenticationFailure(what + ": " + PeerText.shown(e.getMessage()));
    }
}
