package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.Retry;
import dev.pgwire.Transaction;
import dev.pgwire.TransactionMode;
import dev.pgwire.Xid;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.pool.NoConnectionException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.sql.Composable;
import dev.pgwire.sql.Sql;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.TestServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool as programs use it. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoolIT {
    private Pool pool;

    @AfterEach
    void close() {
        if (pool != null) {
            pool.drain(Duration.ZERO);
        }
    }

    private static PoolConfig.Builder builder() {
        return PoolConfig.builder(TestServer.shared().dsn()).maxSize(1);
    }

    private static Object ask(Connection conn, String sql) {
        return conn.execute(sql).fetchOne().get(0);
    }

    @Test
    void connectionsAreBorrowedAndGivenBack() throws Exception {
        pool = Postgres.pool(TestServer.shared().dsn());
        int process;
        try (Connection conn = pool.connection()) {
            process = conn.processId();
            assertEquals(1, pool.stats().borrowed());
        }
        pool.withConnection(conn -> assertEquals(process, conn.processId()));
        assertEquals(process, pool.<Integer, RuntimeException>withConnectionReturning(Connection::processId));
        pool.transaction(tx -> {
            tx.execute("CREATE TABLE pool_it (id int)");
            tx.execute("INSERT INTO pool_it VALUES (1)");
        });
        try {
            assertThrows(
                    java.io.IOException.class,
                    () -> pool.transaction(tx -> {
                        tx.execute("INSERT INTO pool_it VALUES (2)");
                        throw new java.io.IOException("checked");
                    }));
            pool.transaction(TransactionMode.DEFAULT, tx -> {
                tx.execute("INSERT INTO pool_it VALUES (3)");
            });
            long sum = pool.transactionReturning(
                    tx -> tx.execute("SELECT sum(id) FROM pool_it").fetchOne().getLong(0));
            assertEquals(4, sum);
        } finally {
            pool.withConnection(conn -> {
                conn.execute("DROP TABLE pool_it");
            });
        }
        assertEquals(0, pool.stats().borrowed());
        assertEquals(1, pool.stats().connects());
        assertTrue(
                pool.toString().startsWith("Pool[" + pool.config().name() + ", 0 borrowed, 1 idle"), pool.toString());
        pool.close();
        assertThrows(InterfaceException.class, pool::connection);
    }

    /** Each method but those that tell what has become of it. */
    @Test
    void aConnectionThatWasGivenBackRefusesEverything() throws Exception {
        pool = Postgres.pool(builder().build());
        Connection conn = pool.connection();
        Transaction tx = conn.begin();
        tx.execute("SELECT 1");
        Cursor cur = conn.cursor();
        conn.close();
        conn.close();
        assertTrue(conn.isClosed());
        assertTrue(conn.toString().endsWith("closed]"), conn.toString());
        Set<String> allowed = Set.of("close", "isClosed", "isBroken", "config", "toString", "hashCode", "equals");
        List<String> open = new ArrayList<>();
        for (Method method : Connection.class.getMethods()) {
            if (method.getDeclaringClass() == Object.class || allowed.contains(method.getName())) {
                continue;
            }
            try {
                method.invoke(conn, arguments(method));
                open.add(method.toString());
            } catch (InvocationTargetException thrown) {
                if (!(thrown.getCause() instanceof InterfaceException refused)
                        || !refused.getMessage().contains("given back to its pool")) {
                    open.add(method + ": " + thrown.getCause());
                }
            }
        }
        assertEquals(List.of(), open);
        assertThrows(InterfaceException.class, () -> cur.execute("SELECT 1"));
        assertThrows(InterfaceException.class, () -> tx.execute("SELECT 1"));
        assertThrows(InterfaceException.class, tx::commit);
        assertTrue(tx.hasEnded());
        tx.close();
        cur.close();
        assertTrue(tx.toString().endsWith("ended]"), tx.toString());
        pool.withConnection(next -> assertFalse(next.inTransaction()));
    }

    private static Object[] arguments(Method method) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            if (type == boolean.class) {
                arguments[i] = false;
            } else if (type == int.class) {
                arguments[i] = 1;
            } else if (type == Retry.class) {
                arguments[i] = Retry.retry(1);
            } else if (type == Xid.class) {
                arguments[i] = Xid.of(1, "a", "b");
            } else if (type == String.class) {
                arguments[i] = "SELECT 1";
            } else if (type == Composable.class) {
                arguments[i] = Sql.of("SELECT 1");
            } else if (type == String[].class) {
                arguments[i] = new String[] {"a"};
            } else if (type == Object[].class) {
                arguments[i] = new Object[0];
            } else if (type == List.class || type == Iterable.class) {
                arguments[i] = List.of("a");
            } else if (type.isEnum()) {
                arguments[i] = type.getEnumConstants()[0];
            } else if (type == TransactionMode.class) {
                arguments[i] = TransactionMode.DEFAULT;
            }
        }
        return arguments;
    }

    @Test
    void whoGetsNoConnectionIsToldWhoHasThem() {
        pool = Postgres.pool(
                builder().name("tiny").acquireTimeout(Duration.ofSeconds(2)).build());
        try (Connection conn = pool.connection()) {
            conn.execute("SELECT 1");
            conn.execute("SELECT 2");
            NoConnectionException failure = assertThrows(NoConnectionException.class, pool::connection);
            assertTrue(
                    failure.getMessage()
                            .matches("(?s).*" + Thread.currentThread().getName() + " has one for \\d+\\..*"),
                    failure.getMessage());
            assertEquals("SELECT 1", failure.holders().get(0).sql());
        }
    }

    @Test
    void aConnectionThatTheServerHasEndedIsNotLent() {
        pool = Postgres.pool(builder().maxSize(4).build());
        List<Connection> all = List.of(pool.connection(), pool.connection(), pool.connection(), pool.connection());
        List<Integer> processes = all.stream().map(Connection::processId).toList();
        all.forEach(Connection::close);
        try (Connection admin = Postgres.connect(TestServer.shared().dsn())) {
            // A process leaves pg_stat_activity before its socket is closed: its end is waited for.
            admin.execute("SELECT pg_terminate_backend(pid, 10000) FROM unnest($1::int[]) pid", processes);
        }
        for (int i = 0; i < 4; i++) {
            pool.withConnection(conn -> {
                assertFalse(processes.contains(conn.processId()));
                assertEquals(1, ask(conn, "SELECT 1"));
            });
        }
        assertEquals(4, pool.stats().lost());
    }

    @Test
    void aConnectionThatIsLostWhileItIsBorrowedIsReplaced() {
        pool = Postgres.pool(builder().build());
        pool.withConnection(conn ->
                assertThrows(PgException.class, () -> conn.execute("SELECT pg_terminate_backend(pg_backend_pid())")));
        Object one = pool.withConnectionReturning(conn -> ask(conn, "SELECT 1"));
        assertEquals(1, one);
        assertEquals(1, pool.stats().lost());
        assertEquals(2, pool.stats().connects());
    }

    @Test
    void theServerIsAskedWhetherAConnectionThatWasIdleIsStillGood() throws Exception {
        pool = Postgres.pool(builder().validateAfter(Duration.ofSeconds(1)).build());
        pool.withConnection(conn -> {});
        Thread.sleep(1_050);
        pool.withConnection(conn -> assertEquals(1, ask(conn, "SELECT 1")));
        assertEquals(1, pool.stats().validations());
        assertEquals(1, pool.stats().connects());
    }

    @Test
    void aServerThatIsReadOnlyNowIsLeftByAPoolThatWrites() throws Exception {
        try (TestServer server = TestServer.embedded().start();
                Pool writes = Postgres.pool(PoolConfig.builder(server.dsn("target_session_attrs=read-write"))
                        .maxSize(1)
                        .validateAfter(Duration.ofMillis(1))
                        .acquireTimeout(Duration.ofSeconds(2))
                        .build())) {
            writes.withConnection(conn -> {});
            try (Connection admin = Postgres.connect(server.dsn())) {
                admin.execute("ALTER SYSTEM SET default_transaction_read_only = on");
                admin.execute("SELECT pg_reload_conf()");
            }
            // Once the server has reloaded, and the pool has tried again.
            Until.holds(() -> {
                try {
                    writes.withConnection(conn -> {});
                    return false;
                } catch (NoConnectionException failure) {
                    return failure.getMessage().contains("read-only");
                }
            });
        }
    }

    @Test
    void aWrongPasswordIsToldAtOnce() {
        try (TestServer server = TestServer.embedded()
                        .hba("host all alice 127.0.0.1/32 scram-sha-256")
                        .start();
                Pool refused = Postgres.pool(server.dsn("user=alice password=wrong"))) {
            NoConnectionException failure = assertThrows(NoConnectionException.class, refused::connection);
            assertEquals(
                    "28P01",
                    assertInstanceOf(dev.pgwire.error.DatabaseException.class, failure.getCause())
                            .sqlState());
        }
    }

    @Test
    void aPoolThatIsDrainedLetsStatementsEnd() throws Exception {
        pool = Postgres.pool(builder().maxSize(2).build());
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            CountDownLatch begun = new CountDownLatch(1);
            Future<Object> working = threads.submit(() -> pool.withConnectionReturning(conn -> {
                begun.countDown();
                return ask(conn, "SELECT 1 FROM pg_sleep(0.5)");
            }));
            begun.await();
            assertTrue(pool.drain(Duration.ofSeconds(20)));
            assertEquals(1, working.get());
            assertEquals(0, pool.stats().size());

            pool = Postgres.pool(builder().build());
            Connection kept = pool.connection();
            Future<Object> stuck = threads.submit(() -> ask(kept, "SELECT 1 FROM pg_sleep(60)"));
            Thread.sleep(300);
            assertFalse(pool.drain(Duration.ofMillis(100)));
            assertThrows(java.util.concurrent.ExecutionException.class, () -> stuck.get(10, TimeUnit.SECONDS));
            kept.close();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aConnectionThatIsForgottenIsReportedAndReplaced() throws Exception {
        List<LogRecord> logged = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                synchronized (logged) {
                    logged.add(entry);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.pgwire");
        logger.addHandler(handler);
        try {
            pool = Postgres.pool(builder()
                    .leakDetection(dev.pgwire.config.LeakDetection.ALWAYS)
                    .leakAfter(Duration.ofMillis(500))
                    .build());
            int[] line = new int[1];
            int process = forget(pool, line);
            Future<Integer> next = Executors.newSingleThreadExecutor(task -> {
                        Thread thread = new Thread(task);
                        thread.setDaemon(true);
                        return thread;
                    })
                    .submit(() -> pool.withConnectionReturning(Connection::processId));
            while (!next.isDone()) {
                System.gc();
                Thread.sleep(50);
            }
            assertNotEquals(process, next.get());
            assertTrue(pool.stats().leaks() >= 1);
            synchronized (logged) {
                // Besides, what tests before this one forgot.
                LogRecord last = logged.stream()
                        .filter(record -> record.getMessage().contains("was never given back"))
                        .reduce((before, later) -> later)
                        .orElseThrow();
                assertTrue(last.getMessage().contains("ran first: SELECT 'forgotten'"), last.getMessage());
                String borrowed = "PoolIT.forget(PoolIT.java:" + line[0] + ")";
                assertTrue(
                        List.of(last.getThrown().getStackTrace()).toString().contains(borrowed),
                        List.of(last.getThrown().getStackTrace()).toString());
            }
        } finally {
            logger.removeHandler(handler);
        }
    }

    private static int forget(Pool pool, int[] line) {
        Connection conn = pool.connection();
        line[0] = new Throwable().getStackTrace()[0].getLineNumber() - 1;
        conn.execute("SELECT 'forgotten'");
        return conn.processId();
    }
}
