package dev.pgwire.benchmarks.compare.start;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.config.SslMode;

/** The first statements with pgwire. */
public final class PgwireFirstStatements {
    private PgwireFirstStatements() {}

    /** Takes host, port, user and database; the password is in PGPASSWORD. */
    public static void main(String[] arguments) throws Exception {
        Config.Builder config = Config.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .user(arguments[2])
                .database(arguments[3])
                .sslMode(SslMode.DISABLE);
        String password = System.getenv("PGPASSWORD");
        try (Connection connection = Postgres.connect((password == null ? config : config.password(password)).build());
                Cursor cursor = connection.cursor()) {
            FirstStatementKeys.run(key -> {
                cursor.execute("SELECT v FROM point WHERE k = $1", key);
                cursor.next();
                return String.valueOf(cursor.getString(0));
            });
        }
    }
}
