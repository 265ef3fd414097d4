package dev.pgwire.internal.connect;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.ServerErrors;

/**
 * The first of two tries at one address, which has failed.
 *
 * @param encryption how it was encrypted
 */
record FirstTry(DatabaseException failure, HowFar howFar, Encryption encryption) {
    /**
     * The failure of both, when the second has failed too: that of the try that came further, else that of the one with TLS. The
     * other one is told behind it, as psql does.
     */
    RuntimeException orSecond(RuntimeException second, HowFar secondHowFar, Encryption secondEncryption) {
        int further = howFar.compareTo(secondHowFar);
        boolean isFirst = further > 0 || (further == 0 && encryption != Encryption.NONE);
        return isFirst ? told(failure, second, secondEncryption) : told(second, failure, encryption);
    }

    private static RuntimeException told(RuntimeException failure, RuntimeException other, Encryption otherEncryption) {
        failure.addSuppressed(other);
        if (failure instanceof DatabaseException said) {
            String how = otherEncryption == Encryption.NONE ? "WITHOUT TLS: " : "WITH TLS: ";
            ServerErrors.add(said, how + other.getMessage());
        }
        return failure;
    }
}
