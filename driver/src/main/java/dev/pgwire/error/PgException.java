package dev.pgwire.error;

import org.jspecify.annotations.Nullable;

/** The root of everything that the driver throws: catch it to catch all. */
public class PgException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error with nothing beneath it.
     *
     * @param message what happened, then what was expected
     */
    public PgException(String message) {
        super(message);
    }

    /**
     * An error with its cause.
     *
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public PgException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
