package dev.pgwire.laboratory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.laboratory.proxy.Fate;
import dev.pgwire.laboratory.proxy.Line;
import dev.pgwire.laboratory.proxy.Proxy;
import dev.pgwire.laboratory.proxy.ProxyBuilder;
import dev.pgwire.laboratory.proxy.Tap;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.dialogue.EncryptionAnswer;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Phase;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProxyIT {
    private static final String ROWS = "SELECT g, repeat('x', 100) FROM generate_series(1, 2000) g";

    @Test
    void aTapSeesEveryMessageOfBothSides() throws IOException {
        Queue<Frame> seen = new ConcurrentLinkedQueue<>();
        try (Proxy proxy = before().start((frame, line) -> {
            seen.add(frame);
            return Fate.pass();
        })) {
            try (Connection connection = connect(proxy)) {
                connection.executeSimple("SELECT 'an answer'");
            }
            Until.holds(() -> proxy.lines().get(0).isClosed());
            List<String> kinds = seen.stream()
                    .map(frame ->
                            frame.side() + " " + frame.message().getClass().getSimpleName())
                    .toList();
            assertEquals("FRONTEND Startup", kinds.get(0));
            int query = kinds.indexOf("FRONTEND Query");
            assertEquals(
                    List.of(
                            "FRONTEND Query",
                            "BACKEND RowDescription",
                            "BACKEND DataRow",
                            "BACKEND CommandComplete",
                            "BACKEND ReadyForQuery"),
                    kinds.subList(query, query + 5));
            assertEquals(List.of(), proxy.failures());
            assertEquals(Phase.TERMINATED, proxy.lines().get(0).phase());
        }
    }

    @Test
    void aChangedRowArrivesChanged() throws IOException {
        try (Proxy proxy = before().start((frame, line) -> frame.message() instanceof CommandComplete
                        ? Fate.change(new CommandComplete("SELECT 42"))
                        : Fate.pass());
                Connection connection = connect(proxy)) {
            assertEquals(42, connection.execute("SELECT 1").rowCount());
        }
        try (Proxy proxy = before().start(
                                (frame, line) -> frame.message() instanceof DataRow row && row.columnCount() == 1
                                        ? Fate.change(dataRow("changed"))
                                        : Fate.pass());
                Connection connection = connect(proxy)) {
            assertEquals(
                    "changed",
                    connection.execute("SELECT 'as it was'").fetchOne().getString(0));
        }
    }

    @Test
    void aDroppedRowIsMissing() throws IOException {
        int[] rows = {0};
        try (Proxy proxy = before().start((frame, line) ->
                        frame.message() instanceof DataRow && ++rows[0] % 2 == 0 ? Fate.drop() : Fate.pass());
                Connection connection = connect(proxy)) {
            assertEquals(1_000, connection.execute(ROWS).fetchAll().size());
        }
    }

    @Test
    void messagesCanBePutInBetween() throws IOException {
        try (Proxy proxy = before().start((frame, line) ->
                        frame.message() instanceof ReadyForQuery && line.transactionStatus() == TransactionStatus.IDLE
                                ? Fate.pass().behind(new NotificationResponse(7, "channel", "payload"))
                                : Fate.pass());
                Connection connection = connect(proxy)) {
            connection.execute("SELECT 1");
            assertEquals(
                    "payload",
                    connection
                            .notifications(Duration.ofSeconds(30))
                            .iterator()
                            .next()
                            .payload());
        }
    }

    @Test
    void aProgramSpeaksForEitherSideAtAnyTime() throws IOException {
        try (Proxy proxy = before().start();
                Connection connection = connect(proxy)) {
            Line line = proxy.lines().get(0);
            line.send(Side.BACKEND, new NotificationResponse(7, "channel", "from the middle"));
            assertEquals(
                    "from the middle",
                    connection
                            .notifications(Duration.ofSeconds(30))
                            .iterator()
                            .next()
                            .payload());
            line.send(Side.FRONTEND, new Query("SELECT pg_terminate_backend(pg_backend_pid())"));
            Until.holds(line::isClosed);
        }
    }

    @Test
    void anAnswerThatIsHeldBackComesLater() throws Exception {
        try (Proxy proxy = before().start();
                Connection connection = connect(proxy)) {
            Line line = proxy.lines().get(0);
            line.stall(Side.BACKEND);
            long before = line.sent(Side.FRONTEND);
            CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(
                    () -> connection.execute("SELECT 7").fetchOne().getInt(0));
            Until.holds(() -> line.sent(Side.FRONTEND) > before || answer.isDone());
            assertFalse(answer.isDone());
            line.resume(Side.BACKEND);
            assertEquals(7, answer.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void aDelayedMessageComesBehindNoOther() throws IOException {
        try (Proxy proxy = before().start((frame, line) ->
                        frame.message() instanceof DataRow ? Fate.pass().after(Duration.ofMillis(1)) : Fate.pass());
                Connection connection = connect(proxy)) {
            int next = 1;
            for (Row row : connection.execute("SELECT generate_series(1, 50)").fetchAll()) {
                assertEquals(next++, row.getInt(0));
            }
        }
    }

    @Test
    void aConnectionIsCutAtAByte() throws IOException {
        for (long at : new long[] {0, 1, 5, 100, 1_000, 60_000}) {
            try (Proxy proxy = before().cutAt(Side.BACKEND, at).start()) {
                assertThrows(OperationalException.class, () -> {
                    try (Connection connection = connect(proxy)) {
                        connection.execute(ROWS).fetchAll();
                    }
                });
                assertEquals(at, proxy.lines().get(0).sent(Side.BACKEND));
            }
        }
    }

    @Test
    void aMessageIsCutInTheMiddle() throws IOException {
        try (Proxy proxy = before().start(
                                (frame, line) -> frame.message() instanceof DataRow ? Fate.resetAt(7) : Fate.pass());
                Connection connection = connect(proxy)) {
            assertInstanceOf(OperationalException.class, assertThrows(PgException.class, () -> connection
                    .execute("SELECT 1")
                    .fetchOne()));
        }
    }

    @Test
    void everyByteMayComeByItself() throws IOException {
        try (Proxy proxy =
                        before().split(Side.BACKEND, 1).split(Side.FRONTEND, 1).start();
                Connection connection = connect(proxy)) {
            assertEquals(
                    "abc", connection.execute("SELECT $1", "abc").fetchOne().getString(0));
        }
    }

    @Test
    void whatATapThrowsEndsTheLineAndIsKept() throws IOException {
        IllegalStateException mine = new IllegalStateException("mine");
        try (Proxy proxy = before().start((frame, line) -> {
            if (frame.message() instanceof Query) {
                throw mine;
            }
            return Fate.pass();
        })) {
            assertThrows(PgException.class, () -> {
                try (Connection connection = connect(proxy)) {
                    connection.executeSimple("SELECT 1");
                }
            });
            Until.holds(() -> proxy.lines().get(0).isClosed());
            assertEquals(List.of(mine), proxy.failures());
        }
    }

    @Test
    void aFailedAssertionOfATapEndsTheLineToo() throws IOException {
        try (Proxy proxy = before().start((frame, line) -> {
            throw new AssertionError("not as expected");
        })) {
            assertThrows(PgException.class, () -> connect(proxy));
            Until.holds(() -> proxy.failures().size() == 1);
        }
    }

    @Test
    void aTapMayDenyTheClientItsEncryption() throws IOException {
        Tap denies = (frame, line) -> {
            if (frame.message() == Opening.Encryption.SSL_REQUEST) {
                line.send(Side.BACKEND, EncryptionAnswer.NEITHER);
                return Fate.drop();
            }
            return Fate.pass();
        };
        try (Proxy proxy = before().start(denies)) {
            String dsn =
                    TestServer.shared().dsn("host=127.0.0.1 port=" + proxy.port() + " connect_timeout=20 sslmode=");
            try (Connection connection = Postgres.connect(dsn + "prefer")) {
                assertEquals(1, connection.execute("SELECT 1").fetchOne().getInt(0));
            }
            assertThrows(PgException.class, () -> Postgres.connect(dsn + "require"));
        }
    }

    @Test
    void aUnixSocketIsAsGood(@TempDir Path directory) throws IOException {
        try (Proxy proxy = before().listen(directory, 6543).start();
                Connection connection =
                        Postgres.connect(TestServer.shared().dsn("host=" + directory + " port=6543 sslmode=disable"))) {
            assertEquals(1, connection.execute("SELECT 1").fetchOne().getInt(0));
            assertTrue(
                    proxy.address().toString().endsWith(".s.PGSQL.6543"),
                    proxy.address().toString());
        }
    }

    private static DataRow dataRow(String value) {
        return DataRow.of(List.of(value.getBytes(UTF_8)));
    }

    private static ProxyBuilder before() {
        return Proxy.before("127.0.0.1", TestServer.shared().port());
    }

    private static Connection connect(Proxy proxy) {
        return Postgres.connect(
                TestServer.shared().dsn("host=127.0.0.1 port=" + proxy.port() + " sslmode=disable connect_timeout=20"));
    }
}
