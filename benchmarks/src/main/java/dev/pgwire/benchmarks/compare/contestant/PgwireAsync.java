package dev.pgwire.benchmarks.compare.contestant;

import static dev.pgwire.benchmarks.compare.contestant.Contestant.present;

import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.PointTable;
import dev.pgwire.benchmarks.compare.server.WideTable;
import dev.pgwire.row.Row;
import java.util.concurrent.ExecutionException;

/** This driver, through its asynchronous interface. */
final class PgwireAsync implements Contestant {
    private static final String POINT = PointTable.select("$1");

    /** The rows that are asked for at once. */
    private static final int DEMAND = 1_000;

    private final AsyncConnection connection;

    PgwireAsync(Address address) throws ExecutionException, InterruptedException {
        connection = Postgres.connectAsync(address.config()).get();
    }

    @Override
    public int backend() {
        return connection.processId();
    }

    @Override
    public void selectInFlight(int[] keys, int inFlight, PointValues into)
            throws ExecutionException, InterruptedException {
        InFlight.run(
                keys, inFlight, (key, end) -> connection.execute(POINT, key).whenComplete((answer, failure) -> {
                    if (failure == null) {
                        into.add(present(answer.single().getString(0)));
                    }
                    end.accept(failure);
                }));
    }

    @Override
    public void streamWideOnDemand(WideValues into) throws ExecutionException, InterruptedException {
        OnDemand<Row> subscriber = new OnDemand<>(DEMAND, row -> decode(row, into));
        connection.stream(WideTable.SELECT).subscribe(subscriber);
        subscriber.end().get();
    }

    private static void decode(Row row, WideValues into) {
        into.add(
                row.getInt(0),
                row.getLong(1),
                row.getDouble(2),
                present(row.getBigDecimal(3)),
                present(row.getString(4)),
                row.getBoolean(5),
                present(row.getOffsetDateTime(6)),
                present(row.getLocalDate(7)),
                present(row.getUuid(8)),
                row.getString(9));
    }

    @Override
    public void run(String sql) throws ExecutionException, InterruptedException {
        connection.execute(sql).get();
    }
}
