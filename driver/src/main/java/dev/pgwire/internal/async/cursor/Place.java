package dev.pgwire.internal.async.cursor;

/**
 * Where a cursor stands of which nothing is fetched ahead, as far as that is known. It changes on the thread of the event loop; any thread
 * may ask.
 */
final class Place {
    static final long UNKNOWN = -1;

    /** The number of the row that was fetched last or moved to. */
    private volatile long row = UNKNOWN;
    /** Whether the server is one behind that row: the last FETCH has come to the end. */
    private boolean isBehind;

    /** The number of the row that was fetched last or moved to, 0 before the first, or {@link #UNKNOWN}. */
    long row() {
        return row;
    }

    private void is(long now) {
        row = now;
        isBehind = false;
    }

    /** It was declared. */
    void begins() {
        is(0);
    }

    /** It is not known: something has failed, or is read on by others. */
    void isLost() {
        is(UNKNOWN);
    }

    /** A FETCH has given a number of the rows that it was to give. */
    void fetched(int wanted, long given) {
        long before = row;
        is(before == UNKNOWN ? UNKNOWN : before + given);
        isBehind = given < wanted;
    }

    /** It was moved to a row by its number. */
    void movedTo(int target, boolean there) {
        if (!there && target <= 0) {
            is(0);
        } else {
            is(there && target > 0 ? target : UNKNOWN);
        }
    }

    /** It was moved by a number of rows. */
    void movedBy(int by, boolean there) {
        long before = row;
        if (there) {
            is(before == UNKNOWN ? UNKNOWN : before + (isBehind ? 1 : 0) + by);
        } else if (by != 0) {
            is(by < 0 ? 0 : UNKNOWN);
        }
    }
}
