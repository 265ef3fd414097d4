package dev.pgwire.benchmarks.compare.contestant;

import static dev.pgwire.benchmarks.compare.contestant.Contestant.present;

import dev.pgwire.benchmarks.compare.contestant.NewRows.NewRow;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.ComposedTable;
import dev.pgwire.benchmarks.compare.server.PointTable;
import dev.pgwire.benchmarks.compare.server.TargetTable;
import dev.pgwire.benchmarks.compare.server.WideTable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.RowStream;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/**
 * vertx-pg-client on one connection without a pool, with its cache of prepared statements on, on its own default transport or
 * on epoll where that can be loaded. Results are collected on its event loop, which is its own way to stream; the caller waits
 * for the end.
 */
final class Vertx implements Contestant {
    /** A tenth of it was slower, ten times as much not reliably faster. */
    private static final int BATCH = 1_000;

    /** The rows that are asked for at once, and those that a cursor gives. */
    private static final int DEMAND = 1_000;

    private final io.vertx.core.Vertx vertx;
    private final PgConnectOptions options;
    private final PgConnection connection;
    private final PreparedQuery<RowSet<Row>> point;

    Vertx(Address address, boolean epoll) throws ExecutionException, InterruptedException {
        options = options(address);
        vertx = io.vertx.core.Vertx.vertx(new VertxOptions().setPreferNativeTransport(epoll));
        connection = await(PgConnection.connect(vertx, options));
        point = connection.preparedQuery(PointTable.select("$1"));
    }

    static PgConnectOptions options(Address address) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setUser(address.user())
                .setDatabase(address.database())
                .setSslMode(SslMode.of(address.sslMode().text()))
                .setCachePreparedStatements(true)
                .setPipeliningLimit(256);
        if (address.password() != null) {
            options.setPassword(address.password());
        }
        if (address.isTls()) {
            options.setSslOptions(new ClientSSLOptions().setTrustAll(true));
        }
        return options;
    }

    static <T> T await(Future<T> future) throws ExecutionException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    @Override
    public int backend() {
        return connection.processId();
    }

    @Override
    public String pointSelect(int key) throws ExecutionException, InterruptedException {
        return present(await(point.execute(Tuple.of(key))).iterator().next().getString(0));
    }

    @Override
    public void pointSelects(int[] keys, PointValues into) throws ExecutionException, InterruptedException {
        List<Tuple> batch = new ArrayList<>(keys.length);
        for (int key : keys) {
            batch.add(Tuple.of(key));
        }
        for (@Nullable RowSet<Row> rows = await(point.executeBatch(batch)); rows != null; rows = rows.next()) {
            for (Row row : rows) {
                into.add(present(row.getString(0)));
            }
        }
    }

    /** Each answer has its event loop send the next statement. */
    @Override
    public void selectInFlight(int[] keys, int inFlight, PointValues into)
            throws ExecutionException, InterruptedException {
        InFlight.run(keys, inFlight, (key, end) -> point.execute(Tuple.of(key)).onComplete(answer -> {
            if (answer.succeeded()) {
                into.add(present(answer.result().iterator().next().getString(0)));
            }
            end.accept(answer.cause());
        }));
    }

    @Override
    public void streamWide(WideValues into) throws ExecutionException, InterruptedException {
        Collector<Row, WideValues, WideValues> collector =
                Collector.of(() -> into, (values, row) -> decode(row, values), (one, other) -> one);
        await(connection.preparedQuery(WideTable.SELECT).collecting(collector).execute());
    }

    /** A stream of rows reads from a cursor, which needs a transaction. */
    @Override
    public void streamWideOnDemand(WideValues into) throws ExecutionException, InterruptedException {
        await(connection.begin().compose(transaction -> connection
                .prepare(WideTable.SELECT)
                .compose(statement -> onDemand(statement, into).eventually(statement::close))
                .eventually(transaction::commit)));
    }

    private static Future<Void> onDemand(PreparedStatement statement, WideValues into) {
        Promise<Void> end = Promise.promise();
        RowStream<Row> rows = statement.createStream(DEMAND, Tuple.tuple());
        rows.exceptionHandler(end::tryFail);
        rows.endHandler(end::tryComplete);
        rows.pause();
        rows.handler(row -> {
            decode(row, into);
            if (into.rows() % DEMAND == 0) {
                rows.fetch(DEMAND);
            }
        });
        rows.fetch(DEMAND);
        return end.future();
    }

    @Override
    public void streamComposed(ComposedValues into) throws ExecutionException, InterruptedException {
        Collector<Row, ComposedValues, ComposedValues> collector =
                Collector.of(() -> into, (values, row) -> decodeComposed(row, values), (one, other) -> one);
        await(connection
                .preparedQuery(ComposedTable.SELECT)
                .collecting(collector)
                .execute());
    }

    private static void decodeComposed(Row row, ComposedValues into) {
        String span = present(row.getString(2));
        into.add(
                present(row.getArrayOfIntegers(0)),
                present(row.getArrayOfStrings(1)),
                ComposedText.lower(span),
                ComposedText.upper(span),
                present(row.getOffsetDateTime(3)),
                ComposedText.item(present(row.getString(4))));
    }

    @Override
    public Object fetchWide() throws ExecutionException, InterruptedException {
        return await(connection.preparedQuery(WideTable.SELECT).execute());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void decodeWide(Object rows, WideValues into) {
        for (Row row : (RowSet<Row>) rows) {
            decode(row, into);
        }
    }

    private static void decode(Row row, WideValues into) {
        into.add(
                row.getInteger(0),
                row.getLong(1),
                row.getDouble(2),
                present(row.getBigDecimal(3)),
                present(row.getString(4)),
                row.getBoolean(5),
                present(row.getOffsetDateTime(6)),
                present(row.getLocalDate(7)),
                present(row.getUUID(8)),
                row.getString(9));
    }

    @Override
    public void insert(NewRows rows) throws ExecutionException, InterruptedException {
        PreparedQuery<RowSet<Row>> insert = connection.preparedQuery(TargetTable.insert("$1, $2, $3, $4"));
        run("BEGIN");
        for (List<NewRow> batch : rows.batches(BATCH)) {
            List<Tuple> tuples = new ArrayList<>(batch.size());
            for (NewRow row : batch) {
                tuples.add(Tuple.of(row.id(), row.name(), row.value(), row.at()));
            }
            await(insert.executeBatch(tuples));
        }
        run("COMMIT");
    }

    @Override
    public void connectAndClose() throws ExecutionException, InterruptedException {
        await(PgConnection.connect(vertx, options).compose(PgConnection::close));
    }

    @Override
    public void run(String sql) throws ExecutionException, InterruptedException {
        await(connection.query(sql).execute());
    }
}
