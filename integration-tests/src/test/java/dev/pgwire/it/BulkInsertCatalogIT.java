package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bulk inserts where the catalog may not be read: which way is permitted cannot be asked. */
class BulkInsertCatalogIT {
    private static final String DATABASE = "bulk_insert_catalog_it";
    private static final List<String> COLUMNS = List.of("id");
    private static final List<List<Integer>> ROWS =
            IntStream.range(0, 6_000).mapToObj(List::of).toList();

    @BeforeAll
    static void hideTheCatalog() {
        dropAll();
        try (Connection admin = Postgres.connect(TestServer.shared().dsn())) {
            admin.execute("CREATE DATABASE " + DATABASE);
            admin.execute("CREATE ROLE bulk_insert_catalog_it LOGIN");
        }
        try (Connection owner = Postgres.connect(TestServer.shared().dsn("dbname=" + DATABASE))) {
            owner.execute("REVOKE SELECT ON pg_catalog.pg_rewrite FROM PUBLIC");
            owner.execute("CREATE TABLE t (id int4)");
            owner.execute("GRANT SELECT, INSERT, TRUNCATE ON t TO bulk_insert_catalog_it");
        }
    }

    @AfterAll
    static void dropAll() {
        try (Connection admin = Postgres.connect(TestServer.shared().dsn())) {
            admin.execute("DROP DATABASE IF EXISTS " + DATABASE);
            admin.execute("DROP ROLE IF EXISTS bulk_insert_catalog_it");
        }
    }

    private static Connection connect() {
        return Postgres.connect(TestServer.shared().dsn("user=bulk_insert_catalog_it dbname=" + DATABASE));
    }

    @Test
    void rowsGoOneByOneWhereTheQuestionIsRefused() {
        try (Connection conn = connect()) {
            conn.execute("TRUNCATE t");
            assertEquals(6_000, conn.insertMany("t", COLUMNS, ROWS).rowCount());
            assertEquals(
                    6_000,
                    conn.execute("SELECT count(DISTINCT id) FROM t").fetchOne().getInt(0));
        }
    }

    @Test
    void aRefusalThatFailsTheTransactionIsTold() {
        try (Connection conn = connect()) {
            conn.begin();
            DatabaseException refused =
                    assertThrows(DatabaseException.class, () -> conn.insertMany("t", COLUMNS, ROWS));
            assertEquals("42501", refused.sqlState());
            assertEquals(TransactionStatus.FAILED, conn.transactionStatus());
            conn.rollback();
        }
    }
}
