package dev.pgwire.benchmarks.compare.contestant;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.TargetTable;
import java.util.List;

/** This driver's bulk writer: left to its own choice for inserts, forced to COPY for a COPY. */
final class PgwireBulk implements Contestant {
    private static final BulkInsert INSERT =
            BulkInsert.into(TargetTable.NAME, List.of(TargetTable.COLUMNS.split(", ")));

    private final Connection connection;

    PgwireBulk(Address address) {
        connection = Postgres.connect(address.config());
    }

    @Override
    public int backend() {
        return connection.processId();
    }

    @Override
    public void insert(NewRows rows) {
        connection.insertMany(INSERT, sets(rows)).close();
    }

    @Override
    public void copy(NewRows rows) {
        connection.insertMany(INSERT.way(BulkWay.COPY), sets(rows)).close();
    }

    private static Iterable<Object[]> sets(NewRows rows) {
        return () -> rows.rows().stream()
                .map(row -> new Object[] {row.id(), row.name(), row.value(), row.at()})
                .iterator();
    }

    @Override
    public void run(String sql) {
        connection.execute(sql).close();
    }
}
