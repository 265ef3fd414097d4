package dev.pgwire.error;

import org.jspecify.annotations.Nullable;

/**
 * The driver was used wrongly: a closed cursor, nothing to fetch, the wrong number of parameters. The server never
 * heard of it, so there is no SQLSTATE and the transaction is as it was.
 */
public class InterfaceException extends PgException {
    private static final long serialVersionUID = 1L;

    /**
     * A misuse with nothing beneath it.
     *
     * @param message what happened, then what was expected
     */
    public InterfaceException(String message) {
        super(message);
    }

    /**
     * A misuse with its cause.
     *
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public InterfaceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
