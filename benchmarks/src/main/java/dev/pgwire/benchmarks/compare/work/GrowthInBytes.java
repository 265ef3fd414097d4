package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.run.Assignment;
import java.util.List;
import java.util.Map;

/** P12: the cost of a byte in fields of 8 bytes to 64 megabytes, read as a String. */
final class GrowthInBytes implements GrowthWork {
    private static final int K = 1024;
    private static final int M = K * K;

    @Override
    public String unit() {
        return "byte";
    }

    @Override
    public String grows() {
        return "by bytes in the field";
    }

    @Override
    public List<Integer> sizes(Extent extent) {
        return List.of(8, K, 64 * K, M, 8 * M, 64 * M);
    }

    @Override
    public String label(int size) {
        return size >= M ? size / M + " MB" : size >= K ? size / K + " KB" : size + " B";
    }

    @Override
    public int heap(Extent extent) {
        return 1024;
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(50, 15);
    }

    @Override
    public Map<String, Double> measure(Assignment assignment, int size) {
        // Of the small ones less will do, since each of them costs a row.
        int total = assignment.extent().choose(256 * M, 128 * M) / (size < K ? 8 : 1);
        int rows = Math.max(1, total / size);
        // The planner makes the field once, as a constant.
        String sql = "SELECT repeat('x', " + size + ") FROM (SELECT generate_series(1, $1) AS g) s";
        try (Connection connection = Postgres.connect(assignment.address().config());
                Cursor cursor = connection.cursor()) {
            // Or the server makes the constant again for each of the first runs.
            cursor.execute("SET plan_cache_mode = force_generic_plan");
            cursor.execute(sql, 1).fetchAll();
            Clock clock = new Clock();
            long bytes = 0;
            cursor.execute(sql, rows);
            while (cursor.next()) {
                bytes += String.valueOf(cursor.getString(0)).length();
            }
            return clock.per(bytes);
        }
    }
}
