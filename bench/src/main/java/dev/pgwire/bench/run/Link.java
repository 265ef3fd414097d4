package dev.pgwire.bench.run;

import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.AsyncPipeline;
import dev.pgwire.bench.script.Names;
import dev.pgwire.bench.script.SqlText;
import dev.pgwire.bench.script.Variables;
import dev.pgwire.pool.AsyncPool;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a client sends its statements over. */
interface Link {
    CompletableFuture<Answer> send(SqlText sql, Variables variables);

    /** The connection, if it is the client's own. */
    @Nullable
    AsyncConnection connection();

    /** Whether the server says that no transaction is in progress. */
    default boolean isIdle() {
        AsyncConnection own = connection();
        return own == null || own.transactionStatus() == TransactionStatus.IDLE;
    }

    /** A connection of the client's own. */
    static Link own(AsyncConnection connection, Mode mode, Names names) {
        return mode == Mode.SIMPLE ? new Simple(connection, names) : new Extended(connection);
    }

    /** The connections that all clients share. */
    static Link shared(AsyncPool pool) {
        return new Shared(pool);
    }

    /** The values of the parameters, null among them. */
    @SuppressWarnings("NullAway") // It does not read in a class file that the values may be null.
    private static Object[] values(SqlText sql, Variables variables) {
        return sql.values(variables);
    }

    record Simple(AsyncConnection connection, Names names) implements Link {
        @Override
        public CompletableFuture<Answer> send(SqlText sql, Variables variables) {
            return connection.executeSimple(sql.assembled(variables, names));
        }
    }

    record Extended(AsyncConnection connection) implements Link {
        @Override
        public CompletableFuture<Answer> send(SqlText sql, Variables variables) {
            return connection.execute(sql.parameterized(), Link.values(sql, variables));
        }
    }

    /** The statements between {@code \startpipeline} and {@code \endpipeline}. */
    record Pipelined(AsyncConnection connection, AsyncPipeline pipeline, List<CompletableFuture<?>> syncs)
            implements Link {
        Pipelined(AsyncConnection connection) {
            this(connection, connection.pipeline(), new ArrayList<>());
        }

        void sync() {
            syncs.add(pipeline.sync());
        }

        /** The last sync; done when all are, and fails if one of them does. */
        CompletableFuture<?> end() {
            sync();
            return CompletableFuture.allOf(syncs.toArray(CompletableFuture<?>[]::new));
        }

        @Override
        public CompletableFuture<Answer> send(SqlText sql, Variables variables) {
            return pipeline.execute(sql.parameterized(), Link.values(sql, variables));
        }
    }

    record Shared(AsyncPool pool) implements Link {
        @Override
        public CompletableFuture<Answer> send(SqlText sql, Variables variables) {
            return pool.execute(sql.parameterized(), Link.values(sql, variables));
        }

        @Override
        public @Nullable AsyncConnection connection() {
            return null;
        }
    }
}
