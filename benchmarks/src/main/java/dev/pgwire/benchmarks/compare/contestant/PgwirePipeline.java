package dev.pgwire.benchmarks.compare.contestant;

import static dev.pgwire.benchmarks.compare.contestant.Contestant.present;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.PointTable;
import java.util.ArrayList;
import java.util.List;

/** This driver's pipeline, in which each statement could be another one, and has a cursor of its own. */
final class PgwirePipeline implements Contestant {
    private static final String POINT = PointTable.select("$1");

    private final Connection connection;

    PgwirePipeline(Address address) {
        connection = Postgres.connect(address.config());
    }

    @Override
    public int backend() {
        return connection.processId();
    }

    @Override
    public void pointSelects(int[] keys, PointValues into) {
        List<Cursor> cursors = new ArrayList<>(keys.length);
        try (Pipeline pipeline = connection.pipeline()) {
            for (int key : keys) {
                cursors.add(pipeline.execute(POINT, key));
            }
            pipeline.sync();
            for (Cursor cursor : cursors) {
                while (cursor.next()) {
                    into.add(present(cursor.getString(0)));
                }
            }
        }
    }

    @Override
    public void run(String sql) {
        connection.execute(sql).close();
    }
}
