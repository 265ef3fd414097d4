package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.row.Answer;
import dev.pgwire.testkit.TestServer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Texts that are read as values of types. */
@Timeout(60)
class CastIT {
    private static final int INT4 = 23;
    private static final int DATE = 1082;
    private static final int INT4_ARRAY = 1007;

    @Test
    void aTextIsReadAsAColumnOfItsTypeIs() {
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            assertEquals(7, conn.cast(INT4, "7"));
            assertEquals(LocalDate.of(2024, 2, 29), conn.cast(DATE, "2024-02-29"));
            assertEquals(List.of(1, 2), conn.cast(INT4_ARRAY, "{1,2}"));
            assertNull(conn.cast(INT4, null));
            assertThrows(DataException.class, () -> conn.cast(INT4, "seven"));
            assertEquals("x", conn.cast(Integer.MAX_VALUE, "x"));
            conn.transaction(tx -> {
                assertEquals(8, tx.cast(INT4, "8"));
            });
        }
    }

    /** In the middle of a statement, where whatever takes a turn is refused. */
    @Test
    void aKnownTypeCostsNoTurn() {
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            List<Object> cast = new ArrayList<>();
            conn.onNotice(notice -> cast.add(conn.cast(DATE, notice.message())));
            conn.execute("DO $$ BEGIN RAISE NOTICE '2024-02-29'; END $$");
            assertEquals(List.of(LocalDate.of(2024, 2, 29)), cast);
        }
    }

    @Test
    void aKnownTypeWaitsForNothingOnAnEventLoop() throws Exception {
        AsyncConnection conn = Postgres.connectAsync(TestServer.shared().dsn()).get(60, TimeUnit.SECONDS);
        CompletableFuture<Answer> running = conn.execute("SELECT pg_sleep(60)");
        assertEquals(7, conn.cast(INT4, "7").getNow("not yet"));
        assertTrue(conn.cast(INT4, "seven").isCompletedExceptionally());
        assertFalse(running.isDone());
        conn.close().get(60, TimeUnit.SECONDS);
        assertEquals(
                InterfaceException.class,
                assertThrows(ExecutionException.class, () -> conn.cast(INT4, "7")
                                .get(60, TimeUnit.SECONDS))
                        .getCause()
                        .getClass());
    }

    /** What the database has made is asked for once. */
    @Test
    void aTypeOfTheDatabaseIsLookedUp() throws Exception {
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            conn.execute("CREATE TYPE pg_temp.pair AS (a int, b text)");
            int oid = conn.execute("SELECT oid::int FROM pg_type WHERE typname = 'pair'")
                    .fetchScalar(Integer.class);
            assertEquals("(1, 'x')", String.valueOf(conn.cast(oid, "(1,x)")));
        }
        try (Connection owner = Postgres.connect(TestServer.shared().dsn())) {
            owner.execute("CREATE DOMAIN cast_count AS int");
            try {
                int oid = owner.execute("SELECT oid::int FROM pg_type WHERE typname = 'cast_count'")
                        .fetchScalar(Integer.class);
                AsyncConnection conn =
                        Postgres.connectAsync(TestServer.shared().dsn()).get(60, TimeUnit.SECONDS);
                assertEquals(7, conn.cast(oid, "7").get(60, TimeUnit.SECONDS));
                assertNull(conn.cast(oid, null).get(60, TimeUnit.SECONDS));
                assertEquals(8, conn.transaction(tx -> tx.cast(INT4, "8")).get(60, TimeUnit.SECONDS));
                conn.close().get(60, TimeUnit.SECONDS);
            } finally {
                owner.execute("DROP DOMAIN cast_count");
            }
        }
    }
}
