package dev.pgwire.internal.pool;

import org.jspecify.annotations.Nullable;

/**
 * The place of one connection in a pool. The lock of the {@link Shelf} guards it.
 *
 * @param <H> what is held
 */
final class Slot<H extends Held> {
    private final H held;
    private final Face face;
    private final long retiresAt;
    private long idleSince;
    private @Nullable Loan<H> loan;

    /**
     * The place of a new connection.
     *
     * @param retiresAt when it is too old
     */
    Slot(H held, long now, long retiresAt) {
        this.held = held;
        this.face = held.face();
        this.retiresAt = retiresAt;
        this.idleSince = now;
    }

    H held() {
        return held;
    }

    /** How it is used. */
    Face face() {
        return face;
    }

    /** Whether it is too old. */
    boolean isOld(long now) {
        return retiresAt - now <= 0;
    }

    /** Since when it has not been used. */
    long idleSince() {
        return idleSince;
    }

    /** It was in use until now. */
    void usedUntil(long now) {
        idleSince = now;
    }

    /** Who has it; null while it is idle. */
    @Nullable
    Loan<H> loan() {
        return loan;
    }

    /** It is lent, or not any more. */
    void lend(@Nullable Loan<H> to) {
        loan = to;
    }
}
