package dev.pgwire.bench.run;

/** How many transactions of a client are still to be begun. Used under the monitor of its worker. */
final class Quota {
    private long left;

    /** A number of them; 0 for any number. */
    Quota(int transactions) {
        left = transactions == 0 ? Long.MAX_VALUE : transactions;
    }

    /** Takes one; false if there is none left. */
    boolean take() {
        return left-- > 0;
    }
}
