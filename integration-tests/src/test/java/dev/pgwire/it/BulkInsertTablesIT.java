package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InsufficientPrivilegeException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.ProgrammingException;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a COPY would not do what INSERT does, the choice of the driver still does what INSERT does. */
class BulkInsertTablesIT {
    private static final int MANY = 5000;

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("DROP SCHEMA IF EXISTS bulk_tables CASCADE");
        conn.execute("CREATE SCHEMA bulk_tables");
        conn.execute("SET search_path = bulk_tables");
    }

    @AfterEach
    void disconnect() {
        conn.execute("RESET ROLE");
        conn.execute("DROP SCHEMA bulk_tables CASCADE");
        conn.execute("DROP ROLE IF EXISTS bulk_reader");
        conn.close();
    }

    private String text(String sql) {
        return conn.execute(sql).fetchAll().toString();
    }

    private static List<List<Integer>> rows() {
        return IntStream.range(0, MANY).mapToObj(List::of).toList();
    }

    private Cursor insert(String table, String column, BulkWay way) {
        return conn.insertMany(BulkInsert.into(table, column).way(way), rows());
    }

    private Cursor insert(String table, String column) {
        return insert(table, column, BulkWay.AUTOMATIC);
    }

    @Test
    void rulesAreHeeded() {
        conn.execute("CREATE TABLE ruled (x int)");
        conn.execute("CREATE TABLE seen (x int)");
        conn.execute(
                "CREATE RULE r AS ON INSERT TO ruled WHERE NEW.x >= 500 DO INSTEAD INSERT INTO seen VALUES (NEW.x)");
        assertEquals("INSERT 0 500", insert("ruled", "x").statusMessage());
        assertEquals("[(500, 4500)]", text("SELECT (SELECT count(*) FROM ruled), (SELECT count(*) FROM seen)"));
        insert("ruled", "x", BulkWay.COPY);
        assertEquals("[(5500,)]", text("SELECT count(*) FROM ruled"));
    }

    @Test
    void rulesForOtherStatementsDoNoHarm() {
        conn.execute("CREATE TABLE ruled (x int)");
        conn.execute("CREATE RULE r AS ON DELETE TO ruled DO INSTEAD NOTHING");
        assertEquals("COPY 5000", insert("ruled", "x").statusMessage());
    }

    @Test
    void viewsTakeWhatInsertTakes() {
        conn.execute("CREATE TABLE base (x int)");
        conn.execute("CREATE VIEW simple AS SELECT x FROM base WHERE x < 5000 WITH CHECK OPTION");
        assertEquals("INSERT 0 5000", insert("simple", "x").statusMessage());
        conn.execute("CREATE VIEW triggered AS SELECT x, 1 AS y FROM base");
        conn.execute("CREATE FUNCTION put() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN INSERT INTO base VALUES (NEW.x); RETURN NEW; END'");
        conn.execute("CREATE TRIGGER t INSTEAD OF INSERT ON triggered FOR EACH ROW EXECUTE FUNCTION put()");
        assertEquals(5000, insert("triggered", "x").rowCount());
        assertEquals("[(10000,)]", text("SELECT count(*) FROM base"));
        assertThrows(DatabaseException.class, () -> insert("simple", "x", BulkWay.COPY));
        assertEquals("[(10000,)]", text("SELECT count(*) FROM base"));
    }

    @Test
    void rowLevelSecurityIsHeeded() {
        role("bulk_reader");
        conn.execute("CREATE TABLE secured (x int)");
        conn.execute("ALTER TABLE secured ENABLE ROW LEVEL SECURITY");
        conn.execute("CREATE POLICY p ON secured FOR INSERT WITH CHECK (x < 5000)");
        conn.execute("GRANT INSERT ON secured TO bulk_reader");
        assertEquals("COPY 5000", insert("secured", "x").statusMessage());
        conn.execute("SET ROLE bulk_reader");
        assertEquals("INSERT 0 5000", insert("secured", "x").statusMessage());
        DatabaseException refused = assertThrows(DatabaseException.class, () -> insert("secured", "x", BulkWay.COPY));
        assertEquals("0A000", refused.sqlState());
        List<List<Integer>> outside =
                IntStream.range(1, MANY + 1).mapToObj(List::of).toList();
        assertThrows(InsufficientPrivilegeException.class, () -> conn.insertMany("secured", List.of("x"), outside));
        conn.execute("RESET ROLE");
        assertEquals("[(10000,)]", text("SELECT count(*) FROM secured"));
    }

    @Test
    void privilegesOfColumnsAreThoseOfInsert() {
        role("bulk_reader");
        conn.execute("CREATE TABLE granted (x int, y int)");
        conn.execute("GRANT INSERT (x) ON granted TO bulk_reader");
        conn.execute("SET ROLE bulk_reader");
        assertEquals("COPY 5000", insert("granted", "x").statusMessage());
        for (BulkWay way : BulkWay.values()) {
            assertThrows(InsufficientPrivilegeException.class, () -> insert("granted", "y", way), way.name());
        }
    }

    private void role(String name) {
        conn.execute("DO $$ BEGIN CREATE ROLE " + name + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        conn.execute("GRANT USAGE ON SCHEMA bulk_tables TO " + name);
    }

    @Test
    void identityAndGeneratedColumnsRefuseValuesInEveryWay() {
        conn.execute("CREATE TABLE ids (a int GENERATED ALWAYS AS IDENTITY, d int GENERATED BY DEFAULT AS IDENTITY,"
                + " g int GENERATED ALWAYS AS (1) STORED, x int)");
        for (BulkWay way : BulkWay.values()) {
            assertThrows(ProgrammingException.class, () -> insert("ids", "a", way), way.name());
            assertThrows(ProgrammingException.class, () -> insert("ids", "g", way), way.name());
            assertEquals(5000, insert("ids", "d", way).rowCount());
        }
        insert("ids", "x");
        assertEquals("[(25000, 25000, 25000)]", text("SELECT count(*), count(DISTINCT a), sum(g) FROM ids"));
    }

    @Test
    void partitionsAndTriggersAndDefaultsWork() {
        conn.execute("CREATE TABLE parted (x int, y int DEFAULT 7, z text) PARTITION BY RANGE (x)");
        conn.execute("CREATE TABLE low PARTITION OF parted FOR VALUES FROM (0) TO (500)");
        conn.execute("CREATE TABLE high PARTITION OF parted FOR VALUES FROM (500) TO (5000)");
        conn.execute("CREATE FUNCTION mark() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN NEW.z := NEW.x || ''!''; IF NEW.x % 10 = 0 THEN RETURN NULL; END IF; RETURN NEW; END'");
        conn.execute("CREATE TRIGGER t BEFORE INSERT ON low FOR EACH ROW EXECUTE FUNCTION mark()");
        for (BulkWay way : BulkWay.values()) {
            assertEquals(4950, insert("parted", "x", way).rowCount(), way.name());
        }
        assertEquals("[(19800, 1800, 138600)]", text("SELECT count(*), count(z), sum(y) FROM parted"));
    }

    /** The server does not tell that the type of a parameter has changed; in binary the values would be others. */
    @Test
    void aTypeThatAnotherSessionChangedIsFoundOut() {
        conn.execute("CREATE TABLE changing (x int)");
        insert("changing", "x");
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            other.execute("ALTER TABLE bulk_tables.changing ALTER x TYPE float4");
        }
        assertEquals("INSERT 0 5000", insert("changing", "x").statusMessage());
        assertEquals("COPY 5000", insert("changing", "x").statusMessage());
        assertEquals("[(15000, 37492500)]", text("SELECT count(*), sum(x::float8)::int FROM changing"));
    }

    @Test
    void aForcedCopyIsRefusedOnceThen() {
        conn.execute("CREATE TABLE changing (x int)");
        insert("changing", "x", BulkWay.COPY);
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            other.execute("ALTER TABLE bulk_tables.changing ALTER x TYPE float4");
        }
        assertThrows(InterfaceException.class, () -> insert("changing", "x", BulkWay.COPY));
        assertEquals("COPY 5000", insert("changing", "x", BulkWay.COPY).statusMessage());
        assertEquals("[(10000, 24995000)]", text("SELECT count(*), sum(x::float8)::int FROM changing"));
    }

    @Test
    void aTableMadeAnewTakesRowsAgain() {
        for (String type : new String[] {"int", "bigint", "text"}) {
            conn.execute("DROP TABLE IF EXISTS anew");
            conn.execute("CREATE TABLE anew (x " + type + ")");
            List<? extends List<?>> rows = IntStream.range(0, MANY)
                    .mapToObj(i -> List.of(type.equals("text") ? "" + i : (Object) i))
                    .toList();
            assertEquals(
                    "COPY 5000", conn.insertMany("anew", List.of("x"), rows).statusMessage());
        }
    }

    @Test
    void moreColumnsThanAFunctionHasArgumentsGoAsArrays() {
        List<String> columns = IntStream.range(0, 300).mapToObj(i -> "c" + i).toList();
        conn.execute("CREATE TABLE wide (" + String.join(" int, ", columns) + " int)");
        List<Object[]> rows = IntStream.range(0, 500)
                .mapToObj(i ->
                        IntStream.range(0, 300).mapToObj(c -> (Object) (i + c)).toArray())
                .toList();
        for (BulkWay way : BulkWay.values()) {
            assertEquals(
                    500,
                    conn.insertMany(BulkInsert.into("wide", columns).way(way), rows)
                            .rowCount());
        }
        assertEquals("[(2000, 499000, 1097000)]", text("SELECT count(*), sum(c0), sum(c299) FROM wide"));
    }
}
