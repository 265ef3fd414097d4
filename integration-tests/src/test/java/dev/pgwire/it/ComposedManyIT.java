package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.CopySink;
import dev.pgwire.CopySource;
import dev.pgwire.CopyWriter;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.DataException;
import dev.pgwire.sql.Composable;
import dev.pgwire.sql.Identifier;
import dev.pgwire.sql.Literal;
import dev.pgwire.sql.Placeholder;
import dev.pgwire.sql.Sql;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.TestServer;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Composed statements with many sets of values, and those of a COPY. */
@Timeout(60)
class ComposedManyIT {
    private static final Identifier TABLE = Identifier.of("Composed \"many\"");
    private static final Composable CREATE =
            Sql.of("CREATE TEMP TABLE {} (id int, name text)").format(TABLE);
    private static final Composable INSERT =
            Sql.of("INSERT INTO {} VALUES ({}, {})").format(TABLE, Placeholder.of("id"), Placeholder.of("name"));
    private static final Composable IN = Sql.of("COPY {} FROM STDIN").format(TABLE);
    private static final Composable OUT = Sql.of("COPY (SELECT id FROM {} WHERE name = {} ORDER BY id) TO STDOUT")
            .format(TABLE, Literal.of("it's"));

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aConnectionATransactionAndACursorTakeThem() throws Exception {
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            conn.execute(CREATE);
            List<?> sets = List.of(Map.of("id", 1, "name", "it's"), Map.of("id", 2, "name", "it"));
            assertEquals(2, conn.executeMany(INSERT, sets).rowCount());
            try (Cursor cur = conn.cursor()) {
                assertEquals(2, cur.executeMany(INSERT, sets).rowCount());
            }
            conn.transaction(tx -> {
                assertEquals(2, tx.executeMany(INSERT, sets).rowCount());
                assertEquals(1, tx.copyIn(IN, CopySource.of(new StringReader("7\tit's\n"))));
                try (CopyWriter writer = tx.copyIn(IN)) {
                    writer.row(8, "it's");
                }
                assertEquals(1, tx.copyIn(IN, (CopyWriter writer) -> writer.row(9, "it's")));
                assertEquals(1, tx.copyRows(IN, List.of(List.of(10, "it's"))));
                assertEquals(7, tx.copyOut(OUT).fetchAll().size());
                StringWriter copied = new StringWriter();
                tx.copyOut(OUT, CopySink.of(copied));
                assertEquals("1\n1\n1\n7\n8\n9\n10\n", copied.toString());
            });
            assertThrows(DataException.class, () -> conn.executeMany(Literal.of(new Object()), sets));
        }
    }

    private record Named(int id, String name) {}

    @Test
    void anAsynchronousConnectionTakesThem() throws Exception {
        AsyncConnection conn = get(Postgres.connectAsync(TestServer.shared().dsn()));
        get(conn.execute(CREATE));
        assertEquals(
                1,
                get(conn.executeMany(INSERT, List.of(Map.of("id", 1, "name", "it's"))))
                        .rowCount());
        assertEquals(1, get(conn.copyRows(IN, List.of(List.of(2, "it's")))));
        CompletableFuture<Long> copied;
        try (SubmissionPublisher<ByteBuffer> data = new SubmissionPublisher<>()) {
            copied = conn.copyIn(IN, data);
            Until.holds(data::hasSubscribers);
            data.submit(ByteBuffer.wrap("3\tit's\n".getBytes(StandardCharsets.UTF_8)));
        }
        assertEquals(1, get(copied));
        Composable select =
                Sql.of("SELECT * FROM {} WHERE id >= {} ORDER BY id").format(TABLE, Placeholder.next());
        assertEquals(List.of(new Named(3, "it's")), get(conn.query(Named.class, select, 3)));
        assertEquals(List.of(2, 3), get(conn.query(row -> row.getInt(0), select, 2)));
        assertEquals(3, get(RowSubscriber.all(conn.stream(select, 1)).end).size());
        assertEquals(3, get(RowSubscriber.all(conn.copyRows(OUT)).end).size());
        assertEquals(1, get(RowSubscriber.all(conn.copyOut(OUT)).end).size());
        assertTrue(conn.executeMany(Literal.of(new Object()), List.of()).isCompletedExceptionally());
        assertTrue(conn.copyRows(Literal.of(new Object()), List.of()).isCompletedExceptionally());
        get(conn.close());
    }
}
