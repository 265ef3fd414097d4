package dev.pgwire;

import dev.pgwire.row.Row;
import java.time.OffsetDateTime;
import java.util.Objects;

/**
 * A transaction that was prepared, and waits for its end (PostgreSQL manual, 54.17 pg_prepared_xacts).
 *
 * @param xid its name
 * @param prepared when it was prepared
 * @param owner the role that has prepared it
 * @param database where; only connections to this database can end it
 */
public record PreparedTransaction(Xid xid, OffsetDateTime prepared, String owner, String database) {
    /** What a row of that view says. */
    public static PreparedTransaction of(Row row) {
        return new PreparedTransaction(
                Xid.fromString(text(row, "gid")),
                Objects.requireNonNull(row.get("prepared", OffsetDateTime.class)),
                text(row, "owner"),
                text(row, "database"));
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
