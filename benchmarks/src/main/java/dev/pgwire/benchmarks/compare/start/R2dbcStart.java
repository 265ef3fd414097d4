package dev.pgwire.benchmarks.compare.start;

import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import reactor.core.publisher.Flux;

/** The first row with r2dbc-postgresql. */
public final class R2dbcStart {
    private R2dbcStart() {}

    /** Takes host, port, user and database; the password is in PGPASSWORD. */
    public static void main(String[] arguments) {
        PostgresqlConnectionConfiguration.Builder configuration = PostgresqlConnectionConfiguration.builder()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .username(arguments[2])
                .database(arguments[3])
                .sslMode(SSLMode.DISABLE);
        String password = System.getenv("PGPASSWORD");
        if (password != null) {
            configuration.password(password);
        }
        Integer value = Flux.usingWhen(
                        new PostgresqlConnectionFactory(configuration.build()).create(),
                        connection -> connection
                                .createStatement("SELECT 1")
                                .execute()
                                .flatMap(result -> result.map(row -> String.valueOf(row.get(0))))
                                .map(Integer::valueOf),
                        connection -> connection.close())
                .blockLast();
        System.out.println(value);
    }
}
