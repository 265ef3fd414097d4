package dev.pgwire.internal.net;

import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An error as protocol 2 had it: {@code E}, a text, a zero byte. PostgreSQL up to 18 says so that it could not fork, when there
 * is no server process yet that knows which protocol is spoken. The limit is that of libpq.
 */
final class BareError {
    private static final int MOST = 30_000;

    private BareError() {}

    /**
     * Whether the bytes behind an {@code E} are text. The first byte of a length would be zero: messages before authentication
     * are much shorter than 16 MiB.
     */
    static boolean begins(byte behindTag) {
        return behindTag != 0;
    }

    /**
     * Looks for the end of the text.
     *
     * @return the failure that the text tells; null if its end has not come
     * @throws ProtocolViolation if it is too long
     */
    static @Nullable CannotConnectException read(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return failure(new String(bytes, from, i - from, StandardCharsets.UTF_8));
            }
        }
        if (to - from > MOST) {
            throw new ProtocolViolation(
                    "an error message without a length does not end within " + MOST + " bytes, expected a zero byte");
        }
        return null;
    }

    private static CannotConnectException failure(String text) {
        StringBuilder clean = new StringBuilder(text.strip());
        for (int i = 0; i < clean.length(); i++) {
            if (Character.isISOControl(clean.charAt(i)) && clean.charAt(i) != '\n') {
                clean.setCharAt(i, '?');
            }
        }
        return new CannotConnectException(
                SqlState.SQLSERVER_REJECTED_ESTABLISHMENT_OF_SQLCONNECTION,
                "the server refused the connection: " + clean,
                null);
    }
}
