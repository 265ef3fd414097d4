package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.PgException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.testkit.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results page by page that are not read to their end, or whose statement has changed. */
@Timeout(60)
class PagingEndIT {
    /** Counts the rows that the server has made, of which each has ten thousand bytes. */
    private static final String COUNTED =
            "SELECT g, nextval('paging_made'), repeat('x', 10000) FROM generate_series(1, 100000) g";

    private Connection owner;

    @BeforeEach
    void make() {
        owner = Postgres.connect(TestServer.shared().dsn());
        owner.execute("CREATE SEQUENCE paging_made");
        owner.execute("CREATE TABLE paging_changed (id int)");
        owner.execute("INSERT INTO paging_changed SELECT generate_series(1, 20)");
    }

    @AfterEach
    void drop() {
        owner.execute("DROP SEQUENCE paging_made");
        owner.execute("DROP TABLE paging_changed");
        owner.close();
    }

    private long made() {
        return owner.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM paging_made")
                .fetchScalar(Long.class);
    }

    private static Cursor paged(Connection conn) {
        Cursor cur = conn.cursor();
        cur.fetchSize(10);
        return cur;
    }

    /** As any other statement it is run once more, outside of a transaction and as its first statement. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStatementWhoseColumnsHaveChangedIsRunOnceMore(boolean autocommit) {
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            conn.autocommit(autocommit);
            String sql = "SELECT * FROM paging_changed WHERE id > $1 ORDER BY id";
            for (int i = 0; i < 3; i++) {
                assertEquals(1, paged(conn).execute(sql, 0).fetchOne().size());
                conn.rollback();
            }
            owner.execute("ALTER TABLE paging_changed ADD COLUMN name text DEFAULT 'new'");
            Cursor cur = paged(conn).execute(sql, 0);
            int rows = 0;
            while (cur.next()) {
                rows++;
                assertEquals(rows, cur.getInt(0));
                assertEquals("new", cur.getString(1));
            }
            assertEquals(20, rows);
            assertEquals(!autocommit, conn.inTransaction());
            conn.rollback();
            owner.execute("ALTER TABLE paging_changed DROP COLUMN name");
            assertEquals(1, paged(conn).execute(sql, 5).fetchOne().size());
            conn.rollback();
        }
    }

    @Test
    void aPoolClosesWhatIsLeftOpenAndKeepsTheConnection() {
        PoolConfig one =
                PoolConfig.builder(TestServer.shared().dsn()).maxSize(1).build();
        try (Pool pool = Postgres.pool(one)) {
            int process;
            Cursor cur;
            try (Connection conn = pool.connection()) {
                process = conn.processId();
                cur = paged(conn);
                assertTrue(cur.execute(COUNTED).next());
            }
            assertThrows(PgException.class, () -> {
                while (cur.next()) {
                    cur.getInt(0);
                }
            });
            try (Connection conn = pool.connection()) {
                assertEquals(process, conn.processId());
                assertEquals(1, conn.execute("SELECT 1").fetchSingle().getInt(0));
            }
            assertEquals(10, made());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nextSetClosesWhatIsLeft(boolean autocommit) {
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            conn.autocommit(autocommit);
            Cursor cur = paged(conn).execute(COUNTED);
            assertTrue(cur.next());
            assertFalse(cur.nextSet());
            assertEquals(10, made());
            assertThrows(PgException.class, cur::next);
            assertEquals(
                    0L,
                    conn.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''")
                            .fetchScalar(Long.class));
            conn.rollback();
        }
    }
}
