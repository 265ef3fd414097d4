package dev.pgwire.protocol.auth;

/**
 * The client's side of one SASL authentication (PostgreSQL manual, 54.3 SASL Authentication): {@link #clientFirst}, then what
 * the server's messages ask for, in this order and once. Not thread-safe.
 */
public sealed interface SaslMechanism permits Scram, OauthBearer {
    /** The name as the server offered it. */
    String mechanism();

    /** The data of the SASLInitialResponse. */
    byte[] clientFirst();

    /**
     * The data of the SASLResponse to AuthenticationSASLContinue.
     *
     * @throws AuthenticationFailure if the challenge is not one of this mechanism, or comes at the wrong time
     */
    byte[] clientFinal(byte[] challenge);

    /**
     * Checks AuthenticationSASLFinal.
     *
     * @throws AuthenticationFailure if the server does not prove what it has to, or the message comes at the wrong time
     */
    void verify(byte[] serverFinal);

    /** Whether everything was said and proven that has to be before AuthenticationOk. */
    boolean isComplete();
}
