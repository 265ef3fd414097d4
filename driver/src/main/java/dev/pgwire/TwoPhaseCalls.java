package dev.pgwire;

import dev.pgwire.internal.session.SessionTransactions;
import dev.pgwire.internal.transaction.TwoPhase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a connection does with two-phase transactions. */
final class TwoPhaseCalls {
    private static final String PREPARED =
            "SELECT gid, prepared, owner::text, database::text FROM pg_catalog.pg_prepared_xacts ORDER BY prepared, gid";

    private final Connection connection;
    private final TwoPhase state;

    TwoPhaseCalls(Connection connection, TwoPhase state) {
        this.connection = connection;
        this.state = state;
    }

    void begin(Xid xid) {
        String begin = connection.transactionMode().begin();
        session().beginTwoPhase(state, xid.toString(), begin, connection.deadline());
    }

    void prepare() {
        session().prepare(state, connection.deadline());
    }

    /** Ends one that is prepared, or that of the connection if no name is given. */
    void end(String command, @Nullable Xid xid) {
        session().endTwoPhase(state, command, xid == null ? null : xid.toString(), connection.deadline());
    }

    private SessionTransactions session() {
        return connection.session().transactions();
    }

    List<PreparedTransaction> recover() {
        boolean within = connection.inTransaction();
        List<PreparedTransaction> prepared;
        try (Cursor cursor = connection.execute(PREPARED)) {
            prepared = cursor.fetchAll().stream().map(PreparedTransaction::of).toList();
        }
        if (!within && !connection.autocommit()) {
            connection.rollback();
        }
        return prepared;
    }
}
