package dev.pgwire;

import java.util.Objects;

/**
 * The characteristics of a transaction (PostgreSQL manual, SET TRANSACTION).
 *
 * @param isolation how much it sees of others
 * @param access whether it may write
 * @param deferrable whether it may wait for a safe snapshot
 */
public record TransactionMode(Isolation isolation, AccessMode access, Deferrable deferrable) {
    /** What the server's settings say. */
    public static final TransactionMode DEFAULT =
            new TransactionMode(Isolation.DEFAULT, AccessMode.DEFAULT, Deferrable.DEFAULT);

    /** Checks that nothing is null. */
    public TransactionMode {
        Objects.requireNonNull(isolation, "isolation");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(deferrable, "deferrable");
    }

    /** This mode with another isolation. */
    public TransactionMode with(Isolation isolation) {
        return new TransactionMode(isolation, access, deferrable);
    }

    /** This mode with another access. */
    public TransactionMode with(AccessMode access) {
        return new TransactionMode(isolation, access, deferrable);
    }

    /** This mode with another deferrability. */
    public TransactionMode with(Deferrable deferrable) {
        return new TransactionMode(isolation, access, deferrable);
    }

    /** The statement that begins such a transaction, such as {@code BEGIN ISOLATION LEVEL SERIALIZABLE}. */
    public String begin() {
        return "BEGIN" + isolation.clause() + access.clause() + deferrable.clause();
    }
}
