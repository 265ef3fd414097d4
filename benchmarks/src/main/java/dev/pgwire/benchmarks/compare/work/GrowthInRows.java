package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.Extent;
import dev.pgwire.benchmarks.compare.run.Assignment;
import java.util.List;
import java.util.Map;

/** P12: the cost of a row in results of a thousand to ten million. */
final class GrowthInRows implements GrowthWork {
    /** Ten times the table, one time after the other; a small result is from its beginning. */
    private static final String SQL = "SELECT i4, i8, t FROM ("
            + "SELECT i4, i8, t FROM wide UNION ALL ".repeat(9)
            + "SELECT i4, i8, t FROM wide) w LIMIT $1";

    @Override
    public String unit() {
        return "row";
    }

    @Override
    public String grows() {
        return "by rows in the result";
    }

    @Override
    public List<Integer> sizes(Extent extent) {
        return extent == Extent.FULL
                ? List.of(1_000, 10_000, 100_000, 1_000_000, 10_000_000)
                : List.of(1_000, 10_000, 100_000, 1_000_000);
    }

    @Override
    public int seconds(Extent extent) {
        return extent.choose(60, 8);
    }

    @Override
    public Map<String, Double> measure(Assignment assignment, int size) {
        int times = Math.max(1, assignment.extent().choose(2_000_000, 300_000) / size);
        try (Connection connection = Postgres.connect(assignment.address().config());
                Cursor cursor = connection.cursor()) {
            Clock clock = new Clock();
            long rows = 0;
            for (int i = 0; i < times; i++) {
                cursor.execute(SQL, (long) size);
                while (cursor.next()) {
                    rows += cursor.getInt(0) > 0 && cursor.getLong(1) > 0 && cursor.getString(2) != null ? 1 : 0;
                }
            }
            return clock.per(rows);
        }
    }
}
