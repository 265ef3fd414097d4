package dev.pgwire.benchmarks.compare.contestant;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The rows to insert into the table {@code target}: made once, so that making them is not measured. */
public record NewRows(List<NewRow> rows) {
    private static final OffsetDateTime START = OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    /** One row: int4, text, float8, timestamptz. */
    public record NewRow(int id, String name, double value, OffsetDateTime at) {}

    /** This number of rows. */
    public static NewRows of(int count) {
        List<NewRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(new NewRow(
                    i, "name of row " + i, Math.sqrt(i), START.plusSeconds(i).plusNanos(i % 1000 * 1000L)));
        }
        return new NewRows(rows);
    }

    /** Their number. */
    public int size() {
        return rows.size();
    }

    /** The rows in batches of this size, for a driver that wants them so. */
    public List<List<NewRow>> batches(int size) {
        List<List<NewRow>> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += size) {
            batches.add(rows.subList(from, Math.min(from + size, rows.size())));
        }
        return batches;
    }
}
