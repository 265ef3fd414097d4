package dev.pgwire.internal.tls.key;

import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** A private key that cannot be used for a reason that can be told. The message goes on where the name of the file ends. */
final class UnusableKeyException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    UnusableKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    UnusableKeyException(String message) {
        this(message, null);
    }
}
