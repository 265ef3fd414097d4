package dev.pgwire.protocol;

/** The rule for secret keys, which both BackendKeyData and CancelRequest carry: 4 to 256 bytes up to the end. */
public final class CancelKey {
    private static final int MIN = 4;
    private static final int MAX = 256;

    private CancelKey() {}

    /** Reads all that remains. */
    public static byte[] read(Body body) {
        int length = body.remaining();
        if (length < MIN || length > MAX) {
            throw body.violation("a secret key of " + length + " bytes", MIN + " to " + MAX);
        }
        return body.rest();
    }

    /**
     * Checks a key before it is sent.
     *
     * @throws IllegalArgumentException if it is too short or too long
     */
    public static void check(byte[] key) {
        if (key.length < MIN || key.length > MAX) {
            throw new IllegalArgumentException(
                    "a secret key of " + key.length + " bytes, expected " + MIN + " to " + MAX);
        }
    }
}
