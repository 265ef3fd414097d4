package dev.pgwire.internal.net;

import dev.pgwire.error.ConnectionFailureException;
import org.jspecify.annotations.Nullable;

/** Nobody answers at an address, or not in time: another one may. */
final class Unreachable extends ConnectionFailureException {
    private static final long serialVersionUID = 1L;

    Unreachable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
