package dev.pgwire.benchmarks.compare.contestant;

import static dev.pgwire.benchmarks.compare.contestant.Contestant.present;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.PointTable;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;

/** This driver's pool. */
final class PgwirePool implements Contestant {
    private static final String POINT = PointTable.select("$1");

    private final Pool pool;

    PgwirePool(Address address) {
        pool = Postgres.pool(
                PoolConfig.builder(address.config()).maxSize(MOST_CONNECTIONS).build());
    }

    @Override
    public int backend() {
        try (Connection connection = pool.connection()) {
            return connection.processId();
        }
    }

    @Override
    public String pooledSelect(int key) {
        try (Connection connection = pool.connection();
                Cursor cursor = connection.execute(POINT, key)) {
            return text(cursor);
        }
    }

    @Override
    public String sharedSelect(int key) {
        return present(pool.execute(POINT, key).single().getString(0));
    }

    @Override
    public void sharedTransaction(int one, int other, PointValues into) {
        pool.transaction(tx -> {
            try (Cursor cursor = tx.execute(POINT, one)) {
                into.add(text(cursor));
            }
            try (Cursor cursor = tx.execute(POINT, other)) {
                into.add(text(cursor));
            }
        });
    }

    private static String text(Cursor cursor) {
        cursor.next();
        return present(cursor.getString(0));
    }

    @Override
    public void run(String sql) {
        try (Connection connection = pool.connection()) {
            connection.execute(sql).close();
        }
    }
}
