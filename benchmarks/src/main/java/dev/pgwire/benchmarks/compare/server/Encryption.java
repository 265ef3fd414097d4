package dev.pgwire.benchmarks.compare.server;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;

/** What the server says about the encryption of a connection: a comparison of two different ciphers would be worth nothing. */
public final class Encryption {
    /** Of a connection in the clear. */
    public static final String NONE = "none";

    /** The only version that is compared. */
    static final String VERSION = "TLSv1.3";

    private static final String SQL = "SELECT CASE WHEN ssl THEN version || ' ' || cipher ELSE '" + NONE
            + "' END FROM pg_stat_ssl WHERE pid = $1";

    private Encryption() {}

    /** Version and cipher of the connection behind which a server process is, by another connection of the same user. */
    public static String of(Address address, int backend) {
        try (Connection connection = Postgres.connect(address.config())) {
            return of(connection, backend);
        }
    }

    static String of(Connection connection, int backend) {
        try (Cursor cursor = connection.execute(SQL, backend)) {
            return cursor.next() ? String.valueOf(cursor.getString(0)) : "unknown";
        }
    }
}
