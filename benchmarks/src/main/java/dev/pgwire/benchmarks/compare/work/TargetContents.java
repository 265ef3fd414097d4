package dev.pgwire.benchmarks.compare.work;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.benchmarks.compare.server.Address;

/** What the table {@code target} has in it: the server counts and sums up, for every driver alike. */
record TargetContents(double rows, double checksum) {
    private static final String SQL =
            "SELECT count(*), coalesce(sum(abs(hashtext(target::text)))::int8 % 281474976710656, 0) FROM target";

    static TargetContents read(Address address) {
        try (Connection connection = Postgres.connect(address.config());
                Cursor cursor = connection.execute(SQL)) {
            cursor.next();
            return new TargetContents(cursor.getLong(0), cursor.getLong(1));
        }
    }
}
