package dev.pgwire.benchmarks.compare.contestant;

import static dev.pgwire.benchmarks.compare.contestant.Contestant.present;

import dev.pgwire.Connection;
import dev.pgwire.CopyWriter;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.contestant.NewRows.NewRow;
import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.TargetTable;
import dev.pgwire.benchmarks.compare.server.WideTable;
import java.io.IOException;
import java.io.OutputStream;

/** This driver's COPY: rows written one by one in a format, rows read in it, and data as it is. */
final class PgwireCopy implements Contestant {
    private final Connection connection;
    private final String format;

    /** In the format that has this name in SQL. */
    PgwireCopy(Address address, String format) {
        connection = Postgres.connect(address.config());
        this.format = " (FORMAT " + format + ")";
    }

    @Override
    public int backend() {
        return connection.processId();
    }

    @Override
    public void copy(NewRows rows) {
        try (CopyWriter writer = connection.copyIn(TargetTable.COPY + format)) {
            for (NewRow row : rows.rows()) {
                writer.row(row.id(), row.name(), row.value(), row.at());
            }
        }
    }

    @Override
    public long copyWide() throws IOException {
        return connection.copyOut(WideTable.COPY, OutputStream.nullOutputStream());
    }

    @Override
    public void streamWide(WideValues into) {
        try (Cursor rows = connection.copyOut(WideTable.COPY + format)) {
            while (rows.next()) {
                into.add(
                        rows.getInt(0),
                        rows.getLong(1),
                        rows.getDouble(2),
                        present(rows.getBigDecimal(3)),
                        present(rows.getString(4)),
                        rows.getBoolean(5),
                        present(rows.getOffsetDateTime(6)),
                        present(rows.getLocalDate(7)),
                        present(rows.getUuid(8)),
                        rows.getString(9));
            }
        }
    }

    @Override
    public void run(String sql) {
        connection.execute(sql).close();
    }
}
