package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.UndefinedTableException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Column;
import dev.pgwire.row.StatementDescription;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server says of statements that it does not run. */
@Timeout(60)
class DescribeIT {
    private static Connection connect() {
        return Postgres.connect(TestServer.shared().dsn());
    }

    private static List<String> types(StatementDescription description) {
        return description.parameters().stream()
                .map(parameter -> withoutTemporarySchema(parameter.typeName()))
                .toList();
    }

    private static List<String> columns(StatementDescription description) {
        return Objects.requireNonNull(description.columns()).stream()
                .map(column -> column.name() + " " + withoutTemporarySchema(column.typeDisplay()))
                .toList();
    }

    private static String withoutTemporarySchema(String type) {
        return type.replaceFirst("^pg_temp_\\d+\\.", "");
    }

    @Test
    void parametersAndColumnsAreTold() {
        try (Connection conn = connect()) {
            conn.execute("CREATE TYPE pg_temp.pair AS (a int, b text)");
            StatementDescription told =
                    conn.describe("SELECT :n::int8 AS n, 1.5::numeric(7,2) AS m, :p::pg_temp.pair AS p WHERE :n > 1");
            assertEquals(List.of("int8", "pair"), types(told));
            assertEquals(List.of("n int8", "m numeric(7,2)", "p pair"), columns(told));
        }
    }

    @Test
    void nothingIsRunAndARefusalIsAsThatOfARun() {
        try (Connection conn = connect()) {
            StatementDescription told = conn.describe("CREATE TABLE never_made (id int)");
            assertNull(told.columns());
            assertEquals(List.of(), told.parameters());
            assertThrows(UndefinedTableException.class, () -> conn.describe("SELECT * FROM never_made"));
            conn.transaction(tx -> {
                assertEquals(List.of("int4"), types(tx.describe("SELECT 1 WHERE 1 = $1")));
                assertThrows(UndefinedTableException.class, () -> tx.describe("SELECT * FROM never_made"));
                assertEquals(TransactionStatus.FAILED, conn.transactionStatus());
                tx.rollback();
            });
        }
    }

    @Test
    void callersThatDoNotWaitAreToldTheSame() throws Exception {
        AsyncConnection async = Postgres.connectAsync(TestServer.shared().dsn()).get(60, TimeUnit.SECONDS);
        try {
            List<Column> columns =
                    async.describe("SELECT 1 AS one").get(60, TimeUnit.SECONDS).columns();
            assertEquals("one", Objects.requireNonNull(columns).get(0).name());
        } finally {
            async.close().get(60, TimeUnit.SECONDS);
        }
    }
}
