package dev.pgwire.benchmarks.compare.start;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.config.SslMode;

/** Streams rows of four columns, in whatever heap it was given, and prints how many in a second. */
public final class LongStreamStart {
    private LongStreamStart() {}

    /** Takes host, port, user and database; the password is in PGPASSWORD, the number of rows a system property. */
    public static void main(String[] arguments) {
        int rows = Integer.getInteger("rows");
        Config.Builder config = Config.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .database(arguments[3])
                .sslMode(SslMode.DISABLE);
        String password = System.getenv("PGPASSWORD");
        // The set is in the list of columns, where the server makes it row by row instead of storing it first.
        String sql = "SELECT g, g * 1000000007::int8, sqrt(g), 'row ' || g FROM (SELECT generate_series(1, $1) AS g) s";
        try (Connection connection = Postgres.connect((password == null ? config : config.password(password)).build());
                Cursor cursor = connection.cursor()) {
            long begun = System.nanoTime();
            cursor.execute(sql, rows);
            int count = 0;
            long sum = 0;
            while (cursor.next()) {
                count++;
                sum += cursor.getInt(0) + cursor.getLong(1) + (long) cursor.getDouble(2);
                sum += String.valueOf(cursor.getString(3)).length();
            }
            if (count != rows || sum == 0) {
                throw new IllegalStateException(count + " rows, expected " + rows);
            }
            System.out.println(count / ((System.nanoTime() - begun) / 1e9));
        }
    }
}
