package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a block is repeated in a new transaction, when the server has ended its own with a serialization failure (SQLSTATE 40001) or to
 * break a deadlock (40P01): in a statement, or at COMMIT. It is not repeated for any other reason. Such a failure counts also as
 * the cause of what the block throws.
 *
 * <pre>{@code
 * conn.transaction(retry(5).in(SERIALIZABLE), tx -> ...);
 * }</pre>
 *
 * <p>Before the first repeat it waits between 5 and 10 milliseconds, before each later one twice as long, up to a second; the time is
 * random. The block must be one that can be repeated: what it has done elsewhere than in the database stays done.
 *
 * <p>There must be no transaction in progress: a savepoint cannot be repeated, since the failure is that of the whole transaction.
 *
 * @param repeats how often the block is repeated at most, at least 0: it runs once more than that
 * @param mode the characteristics of the transactions; null for those of the connection
 * @param limit how long all attempts may take together: no repeat begins that would come later, and the statements of the last one have
 *     what is left of the time. Null for the deadline of the connection, if it has one
 */
public record Retry(
        int repeats,
        @Nullable TransactionMode mode,
        @Nullable Duration limit) {
    /**
     * Checks it.
     *
     * @throws InterfaceException if the number of repeats is negative, or the limit is not positive
     */
    public Retry {
        if (repeats < 0) {
            throw new InterfaceException("the number of repeats is " + repeats + ", expected at least 0");
        }
        if (limit != null && (limit.isNegative() || limit.isZero())) {
            throw new InterfaceException("the limit of all attempts is " + limit + ", expected more than zero");
        }
    }

    /** At most that many repeats. */
    public static Retry retry(int repeats) {
        return new Retry(repeats, null, null);
    }

    /** The same, with transactions of these characteristics. */
    public Retry in(TransactionMode other) {
        return new Retry(repeats, Objects.requireNonNull(other, "mode"), limit);
    }

    /** The same, with transactions of this isolation, and else with those characteristics that it has or that the server's settings say. */
    public Retry in(Isolation isolation) {
        return in((mode == null ? TransactionMode.DEFAULT : mode).with(isolation));
    }

    /** The same within a time. */
    public Retry within(Duration time) {
        return new Retry(repeats, mode, Objects.requireNonNull(time, "time"));
    }
}
