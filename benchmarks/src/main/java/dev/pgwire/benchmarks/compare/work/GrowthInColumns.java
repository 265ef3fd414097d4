package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.run.Assignment;
import java.util.List;
import java.util.Map;

/** P12: the cost of a column in rows of one to 1600, the most that a table can have. */
final class GrowthInColumns implements GrowthWork {
    @Override
    public String unit() {
        return "column";
    }

    @Override
    public String grows() {
        return "by columns in the row";
    }

    @Override
    public List<Integer> sizes(Extent extent) {
        return List.of(1, 10, 100, 1600);
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(12, 3);
    }

    @Override
    public Map<String, Double> measure(Assignment assignment, int size) {
        int rows = Math.max(1, assignment.extent().choose(4_000_000, 800_000) / size);
        String sql = "SELECT " + "g, ".repeat(size - 1) + "g FROM (SELECT generate_series(1, $1) AS g) s";
        try (Connection connection = Postgres.connect(assignment.address().config());
                Cursor cursor = connection.cursor()) {
            Clock clock = new Clock();
            long columns = 0;
            cursor.execute(sql, rows);
            while (cursor.next()) {
                for (int column = 0; column < size; column++) {
                    columns += cursor.getInt(column) > 0 ? 1 : 0;
                }
            }
            return clock.per(columns);
        }
    }
}
