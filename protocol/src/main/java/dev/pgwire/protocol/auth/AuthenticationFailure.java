package dev.pgwire.protocol.auth;

/** Authentication cannot go on; the text says why and never contains the password. */
public final class AuthenticationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AuthenticationFailure(String message) {
        super(message);
    }
}
