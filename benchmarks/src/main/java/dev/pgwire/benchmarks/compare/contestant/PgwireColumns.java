package dev.pgwire.benchmarks.compare.contestant;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.WideTable;
import dev.pgwire.row.ColumnBatch;

/** This driver's reader of columns. */
final class PgwireColumns implements Contestant {
    private static final int BATCH = 10_000;

    private final Connection connection;
    private final Cursor cursor;

    PgwireColumns(Address address) {
        connection = Postgres.connect(address.config());
        cursor = connection.cursor();
    }

    @Override
    public int backend() {
        return connection.processId();
    }

    @Override
    public void streamNumbers(WideNumbers into) {
        cursor.execute(WideTable.SELECT_NUMBERS);
        for (ColumnBatch batch = cursor.fetchColumns(BATCH); batch != null; batch = cursor.fetchColumns(BATCH)) {
            into.add(batch.ints(0), batch.longs(1), batch.doubles(2), batch.doubles(3));
        }
    }

    @Override
    public void run(String sql) {
        cursor.execute(sql);
    }
}
