package dev.pgwire.internal.lob;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A large object that is open: a number that the server keeps a position for, until the transaction ends. */
public final class Descriptor {
    private static final String FD = "$1::pg_catalog.int4";

    /**
     * Where it is, and how long it is: what stands further out is computed later, since functions that have an effect are not moved
     * from one level to another. The columns are {@code at} and {@code size}.
     */
    private static final String MEASURED = "(SELECT t.at, pg_catalog.lo_lseek64(" + FD + ", 0, 2) AS size"
            + " FROM (SELECT pg_catalog.lo_tell64(" + FD + ") AS at OFFSET 0) AS t OFFSET 0) AS m";

    private enum State {
        OPEN,
        CLOSED,
        /** Its number stands for another one. */
        LOST
    }

    private final Dispatch dispatch;
    private final long oid;
    private final int number;
    private final long mark;
    private final long undone;
    private volatile State state = State.OPEN;

    Descriptor(Dispatch dispatch, long oid, int number) {
        this.dispatch = dispatch;
        this.oid = oid;
        this.number = number;
        this.mark = dispatch.server().endedTransactions();
        this.undone = dispatch.server().undoneSavepoints();
    }

    /** Which object it is. */
    public long oid() {
        return oid;
    }

    /** Whether it can still be used, as far as is known. For any thread. */
    public boolean isOpen() {
        return state == State.OPEN && dispatch.server().isTransaction(mark);
    }

    /** Its number stands for another one from now on. */
    void lose() {
        if (state == State.OPEN) {
            state = State.LOST;
        }
    }

    /**
     * Checks that it can be used.
     *
     * @throws InterfaceException if it was closed, or its transaction has ended
     */
    private void check() {
        if (state == State.CLOSED) {
            throw refusal("is closed, expected an open one");
        }
        if (!dispatch.server().isTransaction(mark)) {
            throw refusal("was closed when its transaction ended, expected that it is opened anew in this one");
        }
        if (state == State.LOST) {
            throw refusal(
                    "was closed by the server, when it rolled back to a savepoint; expected that it is opened anew");
        }
    }

    private InterfaceException refusal(String why) {
        return new InterfaceException("the large object " + oid + " " + why);
    }

    private <T extends @Nullable Object> Procedure<T> call(String sql, Function<Row, T> reading, Object... values) {
        Object[] all = new Object[values.length + 1];
        all[0] = number;
        System.arraycopy(values, 0, all, 1, values.length);
        return new ObjectCall<>(dispatch, this::check, sql, all, reading);
    }

    /** Reads what comes next, at most {@link OpenObjects#PIECE} bytes; fewer than that are all that are left. */
    public Procedure<byte[]> read(int most) {
        if (most < 0) {
            throw new InterfaceException("at most " + most + " bytes are to be read, expected 0 or more");
        }
        return call(
                "SELECT pg_catalog.loread(" + FD + ", $2::pg_catalog.int4)",
                row -> Objects.requireNonNull(row.getBytes(0)),
                Math.min(most, OpenObjects.PIECE));
    }

    /**
     * Fills a buffer with what comes next.
     *
     * @return how many bytes there were; -1 if there are none any more
     * @throws InterfaceException if the buffer takes none
     */
    public Procedure<Integer> read(ByteBuffer target) {
        if (target.isReadOnly()) {
            throw new InterfaceException("the buffer is read-only, expected one that can be written to");
        }
        return new Filling(dispatch, this, target);
    }

    /** Writes all of a buffer, whose position is moved as far as the server has it. */
    public Procedure<Integer> write(ByteBuffer source) {
        return new Emptying(dispatch, this, source);
    }

    /** Writes a buffer of at most {@link OpenObjects#PIECE} bytes. */
    Procedure<Integer> writePiece(ByteBuffer piece) {
        return call("SELECT pg_catalog.lowrite(" + FD + ", $2::pg_catalog.bytea)", row -> row.getInt(0), piece);
    }

    /**
     * Goes somewhere else.
     *
     * @param whence 0 for the start, 1 for where it is, 2 for the end
     * @return where that is
     */
    public Procedure<Long> seek(long offset, int whence) {
        if (whence == 0 && offset < 0) {
            throw new InterfaceException("the position in a large object is to be " + offset + ", expected 0 or more");
        }
        return call(
                "SELECT pg_catalog.lo_lseek64(" + FD + ", $2::pg_catalog.int8, $3::pg_catalog.int4)",
                row -> row.getLong(0),
                offset,
                whence);
    }

    /** Where it is. */
    public Procedure<Long> tell() {
        return call("SELECT pg_catalog.lo_tell64(" + FD + ")", row -> row.getLong(0));
    }

    /** How long it is. */
    public Procedure<Long> size() {
        return call(
                "SELECT m.size FROM " + MEASURED + " WHERE pg_catalog.lo_lseek64(" + FD + ", m.at, 0) >= 0",
                row -> row.getLong(0));
    }

    /** Makes it so long, cut off or filled with zeros; where it is stays. */
    public Procedure<@Nullable Void> resize(long size) {
        checkSize(size);
        return this.<@Nullable Void>call(
                "SELECT pg_catalog.lo_truncate64(" + FD + ", $2::pg_catalog.int8)", row -> null, size);
    }

    /** Cuts off what is longer; goes back to the new end if it is behind that. */
    public Procedure<@Nullable Void> truncate(long size) {
        checkSize(size);
        return this.<@Nullable Void>call(
                "SELECT CASE WHEN m.size > $2::pg_catalog.int8 THEN pg_catalog.lo_truncate64(" + FD
                        + ", $2::pg_catalog.int8) ELSE 0 END FROM " + MEASURED + " WHERE pg_catalog.lo_lseek64(" + FD
                        + ", LEAST(m.at, $2::pg_catalog.int8), 0) >= 0",
                row -> null,
                size);
    }

    private static void checkSize(long size) {
        if (size < 0) {
            throw new InterfaceException("the size of a large object is to be " + size + ", expected 0 or more");
        }
    }

    /** Closes it, unless the server has done that, or does so with the transaction, which has failed. */
    public Procedure<@Nullable Void> close() {
        return new Closing(dispatch, this);
    }

    /** What closes it; null if there is nothing to close. It counts as closed from now on. */
    @Nullable
    Procedure<?> closing() {
        ServerState server = dispatch.server();
        // If a savepoint was rolled back meanwhile, the server may have closed it, and another close would fail the
        // transaction.
        boolean there = isOpen()
                && undone == server.undoneSavepoints()
                && server.transactionStatus() == TransactionStatus.IN_TRANSACTION;
        state = State.CLOSED;
        return there
                ? new ObjectCall<>(
                        dispatch,
                        () -> {},
                        "SELECT pg_catalog.lo_close(" + FD + ")",
                        new Object[] {number},
                        row -> row.getInt(0))
                : null;
    }
}
