package dev.pgwire.benchmarks.compare.contestant;

import static dev.pgwire.benchmarks.compare.contestant.Contestant.present;
import static dev.pgwire.benchmarks.compare.contestant.Vertx.await;

import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.PointTable;
import io.vertx.core.Future;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.ExecutionException;

/**
 * vertx-pg-client's pool, whose connections serve one borrower at a time, and its pooled client, whose connections serve many at
 * once. The client has no transactions, for which it needs the pool beside it.
 */
final class VertxPool implements Contestant {
    private static final String POINT = PointTable.select("$1");

    /** How many connections the client has. */
    static final int LANES = 4;

    private final Pool pool;
    private final SqlClient client;
    private final PreparedQuery<RowSet<Row>> shared;

    /**
     * Both, which connect when they are used.
     *
     * @param pooled how many connections the pool has at most
     */
    VertxPool(Address address, int pooled) {
        PgConnectOptions options = Vertx.options(address);
        io.vertx.core.Vertx vertx = io.vertx.core.Vertx.vertx();
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(pooled))
                .connectingTo(options)
                .using(vertx)
                .build();
        client = PgBuilder.client()
                .with(new PoolOptions().setMaxSize(LANES))
                .connectingTo(options)
                .using(vertx)
                .build();
        shared = client.preparedQuery(POINT);
    }

    @Override
    public int backend() {
        try {
            return await(
                    pool.withConnection(connection -> Future.succeededFuture(((PgConnection) connection).processId())));
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String pooledSelect(int key) throws ExecutionException, InterruptedException {
        return text(await(pool.withConnection(connection -> select(connection, key))));
    }

    @Override
    public String sharedSelect(int key) throws ExecutionException, InterruptedException {
        return text(await(shared.execute(Tuple.of(key))));
    }

    @Override
    public void sharedTransaction(int one, int other, PointValues into)
            throws ExecutionException, InterruptedException {
        await(pool.withTransaction(connection -> select(connection, one).compose(first -> {
            into.add(text(first));
            return select(connection, other).map(second -> {
                into.add(text(second));
                return second;
            });
        })));
    }

    private static Future<RowSet<Row>> select(SqlConnection connection, int key) {
        return connection.preparedQuery(POINT).execute(Tuple.of(key));
    }

    private static String text(RowSet<Row> rows) {
        return present(rows.iterator().next().getString(0));
    }

    @Override
    public void run(String sql) throws ExecutionException, InterruptedException {
        await(pool.query(sql).execute());
    }
}
