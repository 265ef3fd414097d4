package dev.pgwire.benchmarks.compare.contestant;

import static dev.pgwire.benchmarks.compare.contestant.Contestant.present;

import dev.pgwire.benchmarks.compare.server.Address;
import dev.pgwire.benchmarks.compare.server.PointTable;
import dev.pgwire.benchmarks.compare.server.WideTable;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import reactor.core.publisher.Flux;

/**
 * r2dbc-postgresql on one connection without a pool: prepared statements are cached, and values come in binary even for a
 * statement without parameters. It takes epoll by itself where that can be loaded.
 */
final class R2dbc implements Contestant {
    /** The rows that are asked for at once, and those that a portal gives. */
    private static final int DEMAND = 1_000;

    private final PostgresqlConnection connection;

    R2dbc(Address address) {
        PostgresqlConnectionConfiguration.Builder configuration = PostgresqlConnectionConfiguration.builder()
                .host(address.host())
                .port(address.port())
                .username(address.user())
                .database(address.database())
                .sslMode(address.isTls() ? SSLMode.REQUIRE : SSLMode.DISABLE)
                .preparedStatementCacheQueries(256)
                .forceBinary(true);
        if (address.password() != null) {
            configuration.password(address.password());
        }
        connection = present(
                new PostgresqlConnectionFactory(configuration.build()).create().block());
    }

    @Override
    public int backend() {
        return present(connection
                .createStatement("SELECT pg_backend_pid()")
                .execute()
                .flatMap(result -> result.map(row -> present(row.get(0, Integer.class))))
                .blockLast());
    }

    @Override
    public String pointSelect(int key) {
        return present(value(key).blockLast());
    }

    @Override
    public void selectInFlight(int[] keys, int inFlight, PointValues into) {
        Flux.fromStream(Arrays.stream(keys).boxed())
                .flatMap(this::value, inFlight)
                .doOnNext(into::add)
                .then()
                .block();
    }

    private Flux<String> value(int key) {
        return connection
                .createStatement(PointTable.select("$1"))
                .bind("$1", key)
                .execute()
                .flatMap(result -> result.map(row -> present(row.get(0, String.class))));
    }

    @Override
    public void streamWide(WideValues into) {
        connection
                .createStatement(WideTable.SELECT)
                .execute()
                .flatMap(result -> result.map(row -> decode(row, into)))
                .then()
                .block();
    }

    @Override
    public void streamWideOnDemand(WideValues into) {
        connection
                .createStatement(WideTable.SELECT)
                .fetchSize(DEMAND)
                .execute()
                .concatMap(result -> result.map(row -> decode(row, into)))
                .limitRate(DEMAND)
                .then()
                .block();
    }

    /** Reactor does not let null pass; what stands for the row is nothing that was made for it. */
    private static Boolean decode(Readable row, WideValues into) {
        into.add(
                present(row.get(0, Integer.class)),
                present(row.get(1, Long.class)),
                present(row.get(2, Double.class)),
                present(row.get(3, BigDecimal.class)),
                present(row.get(4, String.class)),
                present(row.get(5, Boolean.class)),
                present(row.get(6, OffsetDateTime.class)),
                present(row.get(7, LocalDate.class)),
                present(row.get(8, UUID.class)),
                row.get(9, String.class));
        return Boolean.TRUE;
    }

    @Override
    public void run(String sql) {
        connection
                .createStatement(sql)
                .execute()
                .flatMap(result -> result.getRowsUpdated())
                .then()
                .block();
    }
}
