package dev.pgwire.laboratory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.laboratory.server.Column;
import dev.pgwire.laboratory.server.Reply;
import dev.pgwire.laboratory.server.Rows;
import dev.pgwire.laboratory.server.Server;
import dev.pgwire.laboratory.server.ServerBuilder;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Until;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server of the laboratory, asked by our own driver. */
@Timeout(60)
class ServerIT {
    private static final String BY_ID = "SELECT id, name FROM users WHERE id = $1::int4";

    @Test
    void aStatementIsAnsweredByItsHandler() throws IOException {
        try (Server server = users().start();
                Connection connection = connect(server)) {
            for (int i = 0; i < 10; i++) {
                Row row = connection.execute(BY_ID, i).fetchOne();
                assertEquals(i, row.getInt("id"));
                assertEquals("user " + i, row.getString("name"));
            }
            assertEquals(
                    "user 7",
                    connection
                            .execute("select id,  name\nfrom users where id = $1::int4;", 7)
                            .fetchOne()
                            .getString(1));
        }
    }

    @Test
    void literalsInThePlaceOfParametersAreValues() throws IOException {
        try (Server server = users().start();
                Connection connection = connect(server)) {
            assertEquals(
                    "user 41",
                    connection
                            .executeSimple("SELECT id, name FROM users WHERE id = 41")
                            .fetchOne()
                            .getString(1));
        }
        try (Server server = Server.on("SELECT $1", values -> Reply.rows("a").row(values.get(0)))
                        .start();
                Connection connection = connect(server)) {
            assertEquals(
                    "it's",
                    connection.executeSimple("SELECT 'it''s'").fetchOne().getString(0));
            assertEquals(
                    null, connection.executeSimple("SELECT NULL").fetchOne().getString(0));
        }
    }

    @Test
    void everyTypeGoesBothWays() throws IOException {
        Object[] values = {
            true,
            new byte[] {1, 2, 0},
            Long.MIN_VALUE,
            (short) -3,
            1 << 30,
            "text \u00e9",
            1.5f,
            -2.25d,
            LocalDate.of(2026, 2, 28),
            LocalDate.of(1999, 12, 31).atTime(23, 59, 59, 123456000),
            OffsetDateTime.parse("2001-02-03T04:05:06Z"),
            new BigDecimal("-12345678901234567890.0987"),
            UUID.fromString("00000000-0000-0001-ffff-ffffffffffff")
        };
        String[] types = {
            "bool",
            "bytea",
            "int8",
            "int2",
            "int4",
            "text",
            "float4",
            "float8",
            "date",
            "timestamp",
            "timestamptz",
            "numeric",
            "uuid"
        };
        ServerBuilder builder = Server.builder();
        for (int i = 0; i < types.length; i++) {
            String type = types[i];
            builder.on("SELECT $1::" + type + " AS " + type, List.of(Column.of("value " + type)), given -> Reply.rows(
                            "value " + type)
                    .row(given.get(0)));
        }
        try (Server server = builder.start();
                Connection connection = connect(server);
                Connection inText = Postgres.connect(dsn(server) + " prepare=never")) {
            for (int i = 0; i < types.length; i++) {
                String sql = "SELECT $1::" + types[i] + " AS " + types[i];
                Object value = values[i];
                for (Connection each : List.of(connection, inText)) {
                    Object read = each.execute(sql, value).fetchOne().get(0);
                    if (value instanceof byte[] bytes) {
                        assertArrayEquals(bytes, (byte[]) read);
                    } else if (value instanceof OffsetDateTime time) {
                        assertEquals(time.toInstant(), ((OffsetDateTime) read).toInstant());
                    } else {
                        assertEquals(value, read, types[i]);
                    }
                }
            }
        }
    }

    @Test
    void errorsHaveTheirClassAndLeaveTheSessionUsable() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (Server server = users().on("INSERT INTO users VALUES ($1::int4)", values -> {
                            asked.incrementAndGet();
                            return Reply.error("23505", "there is one already");
                        })
                        .on("SELECT broken", values -> {
                            throw new IllegalStateException("as it happens");
                        })
                        .start();
                Connection connection = connect(server)) {
            for (int i = 1; i <= 3; i++) {
                assertThrows(
                        UniqueViolationException.class,
                        () -> connection.execute("INSERT INTO users VALUES ($1::int4)", 1));
                assertEquals(i, asked.get());
            }
            assertTrue(assertThrows(DatabaseException.class, () -> connection.execute("SELECT broken"))
                    .getMessage()
                    .contains("as it happens"));
            assertTrue(assertThrows(DatabaseException.class, () -> connection.execute("SELECT unheard of"))
                    .getMessage()
                    .contains("no answer to \"SELECT unheard of\", expected one of [SELECT id, name"));
            assertThrows(
                    DatabaseException.class,
                    () -> connection.transaction(tx -> {
                        tx.execute("INSERT INTO users VALUES ($1::int4)", 1);
                    }));
            assertEquals(1, connection.execute(BY_ID, 1).fetchOne().getInt(0));
        }
    }

    @Test
    void portalsAreReadPageByPage() throws IOException {
        Rows many = Reply.rows("n int4");
        for (int i = 0; i < 1_000; i++) {
            many.row(i);
        }
        try (Server server = Server.on("SELECT n FROM numbers", values -> many).start();
                Connection connection = connect(server)) {
            List<Integer> read = new ArrayList<>();
            connection.transaction(tx -> {
                try (Cursor cursor = connection.cursor()) {
                    cursor.fetchSize(64);
                    for (Row row : cursor.execute("SELECT n FROM numbers")) {
                        read.add(row.getInt(0));
                    }
                }
            });
            assertEquals(1_000, read.size());
            assertEquals(999, read.get(999));
        }
    }

    @Test
    void copyGoesBothWays() throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Server server = Server.on(
                                "COPY t FROM STDIN",
                                values -> Reply.copyIn(1, data -> {
                                    received.writeBytes(data);
                                    return 2L;
                                }))
                        .on("COPY t TO STDOUT", values -> Reply.copyOut(1, List.of("a\n", "b\n")))
                        .start();
                Connection connection = connect(server)) {
            assertEquals(2, connection.copyIn("COPY t FROM STDIN", new ByteArrayInputStream("x\ny\n".getBytes(UTF_8))));
            assertEquals("x\ny\n", received.toString(UTF_8));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            connection.copyOut("COPY t TO STDOUT", out);
            assertEquals("a\nb\n", out.toString(UTF_8));
        }
    }

    @Test
    void aStatementThatIsNeverAnsweredIsCancelled() throws IOException {
        try (Server server = users().on("SELECT never", values -> Reply.never()).start();
                Connection connection = connect(server);
                Cursor cursor = connection.cursor()) {
            cursor.deadline(Duration.ofMillis(50));
            assertInstanceOf(
                    QueryCanceledException.class,
                    assertThrows(OperationalException.class, () -> cursor.execute("SELECT never")));
            assertEquals(1, connection.execute(BY_ID, 1).fetchOne().getInt(0));
        }
    }

    @Test
    void noticesNotificationsAndParametersReachTheClient() throws IOException {
        try (Server server = users().on("SELECT told", values -> {
                            values.session().notice("by the way");
                            values.session().notify("channel", "payload");
                            values.session().changeParameter("TimeZone", "Europe/Paris");
                            return Reply.done("SELECT 0");
                        })
                        .start();
                Connection connection = connect(server)) {
            connection.executeSimple("SELECT told");
            assertEquals("by the way", connection.notices().get(0).message());
            assertEquals(
                    "payload",
                    connection
                            .notifications(Duration.ofSeconds(20))
                            .iterator()
                            .next()
                            .payload());
            assertEquals("Europe/Paris", connection.info().parameters().get("TimeZone"));
        }
    }

    @Test
    void theEndOfAConnectionIsSeen() throws IOException {
        for (Reply end :
                List.of(Reply.close(), Reply.reset(), Reply.raw((byte) 'Z', (byte) 0, (byte) 0, (byte) 0, (byte) 0))) {
            try (Server server = users().on("SELECT the end", values -> end).start();
                    Connection connection = connect(server)) {
                assertThrows(OperationalException.class, () -> connection.executeSimple("SELECT the end"));
                assertTrue(connection.isClosed());
            }
        }
    }

    @Test
    void transactionsChangeTheStateOfTheSession() throws IOException {
        try (Server server = users().start();
                Connection connection = connect(server)) {
            connection.transaction(tx -> {
                assertEquals(3, tx.execute(BY_ID, 3).fetchOne().getInt(0));
                tx.transaction(inner -> {
                    inner.execute(BY_ID, 4);
                });
            });
            assertEquals(5, connection.execute(BY_ID, 5).fetchOne().getInt(0));
        }
    }

    @Test
    void manyStatementsInOneGo() throws IOException {
        AtomicInteger rows = new AtomicInteger();
        try (Server server = users().on("INSERT INTO t VALUES ($1::int4, $2)", values -> {
                            rows.incrementAndGet();
                            return Reply.done("INSERT 0 1");
                        })
                        .start();
                Connection connection = connect(server)) {
            List<List<Object>> many = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                many.add(List.of(i, "row " + i));
            }
            connection.executeMany("INSERT INTO t VALUES ($1::int4, $2)", many);
            assertEquals(500, rows.get());
        }
    }

    @Test
    void anOldServerIsNegotiatedWith() throws IOException {
        try (Server server = users().version(ProtocolVersion.V3_0).start();
                Connection connection = Postgres.connect(dsn(server) + " max_protocol_version=3.2")) {
            assertEquals(30_000, connection.info().protocolVersion());
            assertEquals(1, connection.execute(BY_ID, 1).fetchOne().getInt(0));
        }
    }

    @Test
    void sessionsAreThereUntilTheirClientsHaveGone() throws IOException {
        try (Server server = users().start()) {
            try (Connection connection = connect(server)) {
                assertEquals("ada", server.sessions().get(0).user());
                connection.execute(BY_ID, 1);
            }
            Until.holds(() -> server.sessions().isEmpty());
            assertEquals(List.of(), server.failures());
        }
    }

    @Test
    void noRowsAreAnAnswerToo() throws IOException {
        try (Server server = Server.on("SELECT n FROM none", values -> Reply.rows("n int4"))
                        .start();
                Connection connection = connect(server)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        0, connection.execute("SELECT n FROM none").fetchAll().size());
            }
        }
    }

    @Test
    void aLongLiteralIsReadLikeAShortOne() throws IOException {
        try (Server server = Server.on("SELECT $1", values -> Reply.rows("length int4")
                                .row(String.valueOf(values.getString(0)).length()))
                        .start();
                Connection connection = connect(server)) {
            String sql = "SELECT '" + "x".repeat(1_000_000) + "'";
            assertEquals(1_000_000, connection.executeSimple(sql).fetchOne().getInt(0));
        }
    }

    @Test
    void aLiteralOfAnotherTypeIsAnError() throws IOException {
        try (Server server = users().start();
                Connection connection = connect(server)) {
            for (String id : List.of("'abc'", "5000000000", "1.5")) {
                assertEquals(
                        "22P02",
                        assertThrows(
                                        DatabaseException.class,
                                        () -> connection.executeSimple("SELECT id, name FROM users WHERE id = " + id))
                                .sqlState());
            }
            assertEquals(1, connection.execute(BY_ID, 1).fetchOne().getInt(0));
        }
    }

    @Test
    void aFailedAssertionOfAHandlerIsAnError() throws IOException {
        try (Server server = users().on("SELECT mistaken", values -> {
                            throw new AssertionError("not as expected");
                        })
                        .start();
                Connection connection = connect(server)) {
            assertTrue(assertThrows(DatabaseException.class, () -> connection.execute("SELECT mistaken"))
                    .getMessage()
                    .contains("not as expected"));
            assertEquals(1, connection.execute(BY_ID, 1).fetchOne().getInt(0));
        }
    }

    @Test
    void whatNothingElseAnswersHasParametersToo() throws IOException {
        try (Server server = Server.builder()
                        .otherwise(values -> Reply.rows("a", "b").row(values.get(0), values.get(1)))
                        .start();
                Connection connection = connect(server)) {
            Row row = connection.execute("SELECT $2, $1", "x", "y").fetchOne();
            assertEquals("x", row.getString(0));
            assertEquals("y", row.getString(1));
        }
    }

    @Test
    void closingTheServerWaitsForNoClient() throws IOException {
        Rows large = Reply.rows("a text");
        for (int i = 0; i < 2_000; i++) {
            large.row("x".repeat(100_000));
        }
        Connection connection;
        try (Server server = Server.on("SELECT large", values -> large).start()) {
            connection = connect(server);
            // The client reads one row, and then nothing: the session is stuck in a write.
            assertTrue(connection.execute("SELECT large").next());
        }
        connection.close();
    }

    @Test
    void aUnixSocketGoesWithItsServer(@TempDir Path directory) throws IOException {
        for (int i = 0; i < 2; i++) {
            try (Server server = users().listen(directory, 6543).start();
                    Connection connection =
                            Postgres.connect("host=" + directory + " port=6543 user=ada dbname=x sslmode=disable")) {
                assertEquals(1, connection.execute(BY_ID, 1).fetchOne().getInt(0));
                assertThrows(IllegalStateException.class, server::port);
            }
        }
    }

    @Test
    void aSessionEndsWhoseClientGoesWhileItWaits() throws IOException {
        try (Server server = users().on("SELECT never", values -> Reply.never()).start()) {
            Connection connection = connect(server);
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                ByteBuf out = Unpooled.buffer();
                new Opening.Startup(ProtocolVersion.V3_0, Map.of("user", "eve")).encode(out);
                new Query("SELECT never").encode(out);
                socket.getOutputStream().write(ByteBufUtil.getBytes(out));
                Until.holds(() -> server.sessions().size() == 2);
            }
            Until.holds(() -> server.sessions().size() == 1);
            connection.close();
        }
    }

    private static ServerBuilder users() {
        return Server.on(
                BY_ID, values -> Reply.rows("id int4", "name text").row(values.getInt(0), "user " + values.getInt(0)));
    }

    private static Connection connect(Server server) {
        return Postgres.connect(dsn(server));
    }

    private static String dsn(Server server) {
        return "host=127.0.0.1 port=" + server.port() + " user=ada dbname=x sslmode=disable connect_timeout=20";
    }
}
