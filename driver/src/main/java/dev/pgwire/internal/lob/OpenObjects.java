package dev.pgwire.internal.lob;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.row.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The large objects of a session, and those that it has open. The server closes them with their transaction, and gives their numbers
 * again; it does so within a transaction, too, when it rolls back to a savepoint. Who uses it has the session.
 */
public final class OpenObjects {
    /** The most bytes of an object that pass in one message. */
    public static final int PIECE = 256 * 1024;

    private static final long LARGEST_OID = 0xFFFF_FFFFL;

    private final Dispatch dispatch;
    private final Map<Integer, Descriptor> open = new HashMap<>();

    /** None yet. */
    public OpenObjects(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /**
     * Makes one, whose number the server chooses if 0 is given.
     *
     * @param mark of the transaction that it is to be part of, see {@link ServerState#endedTransactions}
     */
    public Procedure<Long> create(long mark, long oid) {
        return create(oid, () -> dispatch.server().checkTransaction(mark));
    }

    /** Makes one that is going to be opened. */
    public Procedure<Long> createHere(long mark) {
        return create(0, () -> checkTransaction(mark));
    }

    private Procedure<Long> create(long oid, Runnable check) {
        return call(
                check,
                "SELECT pg_catalog.lo_create($1::pg_catalog.oid)",
                new Object[] {checked(oid)},
                row -> row.getLong(0));
    }

    /** Drops one. */
    public Procedure<@Nullable Void> unlink(long mark, long oid) {
        return this.<@Nullable Void>call(
                () -> dispatch.server().checkTransaction(mark),
                "SELECT pg_catalog.lo_unlink($1::pg_catalog.oid)",
                new Object[] {checked(oid)},
                row -> null);
    }

    private <T extends @Nullable Object> Procedure<T> call(
            Runnable check, String sql, Object[] values, Function<Row, T> reading) {
        return new ObjectCall<>(dispatch, check, sql, values, reading);
    }

    private static Long checked(long oid) {
        if (oid < 0 || oid > LARGEST_OID) {
            throw new InterfaceException(
                    "the oid of a large object is " + oid + ", expected a number from 0 to " + LARGEST_OID);
        }
        return oid;
    }

    /**
     * Opens one, for as long as the transaction lasts.
     *
     * @param flags what it is opened for, as {@code lo_open} takes it
     */
    public Procedure<Descriptor> open(long mark, long oid, int flags) {
        return call(
                () -> checkTransaction(mark),
                "SELECT pg_catalog.lo_open($1::pg_catalog.oid, $2::pg_catalog.int4)",
                new Object[] {checked(oid), flags},
                row -> opened(oid, row.getInt(0)));
    }

    /** Another one of the same number was closed by the server. */
    private Descriptor opened(long oid, int number) {
        Descriptor descriptor = new Descriptor(dispatch, oid, number);
        Descriptor before = open.put(number, descriptor);
        if (before != null) {
            before.lose();
        }
        return descriptor;
    }

    private void checkTransaction(long mark) {
        dispatch.server().checkTransaction(mark);
        if (dispatch.isImplicitTransaction()) {
            throw new InterfaceException(
                    "a large object was opened outside a transaction, with which it would be closed at"
                            + " once; expected begin(), transaction(...) or autocommit(false)");
        }
    }
}
