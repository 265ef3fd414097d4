package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.CopyWriter;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows by COPY: values written and read by their types, in every format, with every option of it. */
@Timeout(60)
class CopyRowsIT {
    private static final String COLUMNS =
            "id, small, large, real, amount, name, flag, day, at, key, data, tags, doc, mood, plain";

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TYPE pg_temp.mood AS ENUM ('sad', 'happy, \"so\"')");
        conn.execute("CREATE TEMP TABLE copied (id int PRIMARY KEY, small smallint, large bigint, real float8,"
                + " amount numeric, name text, flag bool, day date, at timestamptz, key uuid, data bytea, tags text[],"
                + " doc jsonb, mood mood, plain varchar(20), twice int GENERATED ALWAYS AS (id * 2) STORED)");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private static List<@Nullable Object[]> rows() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        UUID key = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
        OffsetDateTime at = OffsetDateTime.parse("2024-02-29T12:34:56.789012Z");
        int id = 0;
        for (String text : List.of(
                "plain",
                "",
                "\\N",
                "\\.",
                "NULL",
                "null",
                "a\tb",
                "a\nb\r\nc",
                "a\\b\\\\c",
                "say \"so\"",
                "it''s; |x|, ~y~",
                "\b\f\u000b\u0001",
                "\u00e9\u20ac\ud83d\ude00",
                " padded ",
                "\\x41\\101")) {
            rows.add(new @Nullable Object[] {
                id++,
                (short) -id,
                1L << 40,
                id / 3.0,
                new BigDecimal("12345.678").scaleByPowerOfTen(id),
                text,
                id % 2 == 0,
                LocalDate.of(2024, 2, 29).plusDays(id),
                at.plusSeconds(id),
                key,
                new byte[] {0, 1, (byte) 0xff, '\\', '\n', '"'},
                List.of(text, "x"),
                "{\"a\": [1, 2]}",
                id % 2 == 0 ? "sad" : "happy, \"so\"",
                text.substring(0, Math.min(4, text.length()))
            });
        }
        @Nullable Object[] nulls = new @Nullable Object[rows.get(0).length];
        nulls[0] = id;
        rows.add(nulls);
        return rows;
    }

    private String md5() {
        return Objects.requireNonNull(conn.execute("SELECT md5(string_agg(c::text, '' ORDER BY id)) FROM copied c")
                .fetchScalar(String.class));
    }

    private String inserted() {
        conn.insertMany("copied", List.of(COLUMNS.split(", ")), rows());
        String md5 = md5();
        conn.execute("DELETE FROM copied");
        return md5;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(FORMAT binary)",
                "",
                "(FORMAT text)",
                "(DELIMITER '|')",
                "(DELIMITER '~', NULL 'none')",
                "(HEADER, DELIMITER ',')",
                "(FORMAT csv)",
                "(FORMAT csv, HEADER true)",
                "(FORMAT csv, HEADER false, DELIMITER E'\\t')",
                "(FORMAT csv, DELIMITER ';', QUOTE '~', ESCAPE '\\', NULL 'NULL')",
                "(FORMAT csv, QUOTE '''', ESCAPE '|')",
                "(FORMAT 'csv', ENCODING 'UTF8')",
                "WITH CSV HEADER DELIMITER AS ';' NULL AS 'null' QUOTE AS '\"'",
                "BINARY"
            })
    void rowsGoInAndOutAgain(String options) {
        if (options.contains("HEADER, DELIMITER") && conn.serverVersion().startsWith("14")) {
            return;
        }
        String expected = inserted();
        String in = "COPY copied (" + COLUMNS + ") FROM STDIN " + options;
        try (CopyWriter writer = conn.copyIn(in)) {
            for (@Nullable Object[] row : rows()) {
                writer.row(row);
            }
            assertEquals(-1, writer.rowCount());
            assertEquals(rows().size(), writer.finish());
            assertEquals(rows().size(), writer.rowCount());
        }
        assertEquals(expected, md5());
        List<List<@Nullable Object>> selected = values(conn.execute("SELECT " + COLUMNS + " FROM copied ORDER BY id"));
        String out = "COPY (SELECT " + COLUMNS + " FROM copied ORDER BY id) TO STDOUT " + options;
        assertEquals(selected, values(conn.copyOut(out)));
        conn.execute("DELETE FROM copied");
        assertEquals(rows().size(), conn.copyRows(in, rows()));
        assertEquals(expected, md5());
    }

    private static List<List<@Nullable Object>> values(Cursor rows) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        for (Row row : rows) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                Object value = row.get(i);
                values.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
            }
            all.add(values);
        }
        return all;
    }

    @Test
    void columnsThatAreNotNamedAreThoseOfTheTable() {
        conn.copyRows("COPY copied FROM STDIN", rows());
        List<List<@Nullable Object>> all = values(conn.copyOut("COPY pg_temp.copied TO STDOUT (FORMAT binary)"));
        assertEquals(rows().size(), all.size());
        assertEquals(COLUMNS.split(", ").length, all.get(0).size());
    }

    @Test
    void charactersAreInTheEncodingOfTheStatement() {
        conn.copyRows("COPY copied (id, name) FROM STDIN (ENCODING 'LATIN1')", List.of(List.of(1, "\u00e9")));
        assertEquals("\u00e9", conn.execute("SELECT name FROM copied").fetchScalar(String.class));
        assertEquals(
                "\u00e9",
                conn.copyOut("COPY copied (name) TO STDOUT (FORMAT csv, ENCODING 'LATIN1')")
                        .fetchScalar(String.class));
        assertThrows(
                DataException.class,
                () -> conn.copyRows(
                        "COPY copied (id, name) FROM STDIN (ENCODING 'LATIN1')", List.of(List.of(2, "\u20ac"))));
        assertUsable(1);
    }

    @Test
    void anEmptyStringIsNotWrittenWhereItMeansNull() {
        DataException refused = assertThrows(
                DataException.class,
                () -> conn.copyRows("COPY copied (id, name) FROM STDIN (NULL '')", List.of(List.of(1, ""))));
        assertTrue(refused.getMessage().contains("row 0, column 1 \"name\""), refused.getMessage());
        assertEquals(1, conn.copyRows("COPY copied (id, name) FROM STDIN (NULL '')", List.of(Arrays.asList(1, null))));
        assertNull(conn.copyOut("COPY copied (name) TO STDOUT (NULL '')")
                .fetchSingle()
                .getString(0));
        // The server prints the two as one, but reads them apart.
        conn.copyRows("COPY copied (id, name) FROM STDIN (NULL 'nothing')", List.of(List.of(2, "nothing")));
        assertEquals(
                "nothing", conn.execute("SELECT name FROM copied WHERE id = 2").fetchScalar(String.class));
        assertUsable(2);
    }

    record Named(int id, String name, @Nullable String plain) {}

    @Test
    void recordsMapsListsAndArraysAreRows() {
        String sql = "COPY copied (id, name, plain) FROM STDIN (FORMAT binary)";
        try (CopyWriter writer = conn.copyIn(sql)) {
            writer.row(new Named(1, "a", null)).record(new Named(2, "b", "x"));
            writer.rows(
                    List.of(new Named(3, "c", null), Map.of("id", 4, "name", "d", "plain", "y"), List.of(5, "e", "z")));
            assertEquals(5, writer.rowsWritten());
        }
        assertEquals(
                List.of(new Named(1, "a", null), new Named(2, "b", "x"), new Named(3, "c", null)),
                conn.copyOut("COPY (SELECT id, name, plain FROM copied ORDER BY id LIMIT 3) TO STDOUT CSV")
                        .fetchAll(Named.class));
        assertUsable(5);
    }

    @Test
    void textForAnotherTypeIsReadAsTheServerPrintsIt() {
        try (CopyWriter writer = conn.copyIn("COPY copied (id, at, amount) FROM STDIN (FORMAT binary)")) {
            writer.row("7", "2024-02-29 12:34:56+00", "1.50");
        }
        assertEquals(
                "1.50",
                conn.execute("SELECT amount::text FROM copied WHERE id = 7").fetchScalar(String.class));
        DataException refused = assertThrows(
                DataException.class,
                () -> conn.copyRows("COPY copied (id) FROM STDIN (FORMAT binary)", List.of(List.of("seven"))));
        assertTrue(refused.getMessage().contains("row 0, column 0 \"id\" (int4)"), refused.getMessage());
        assertUsable(1);
    }

    @Test
    void dataGoesPieceByPiece() {
        long[] told = new long[2];
        try (CopyWriter writer = conn.copyIn("COPY copied (id, name) FROM STDIN")) {
            writer.onProgress((bytes, rows) -> told[0] = bytes);
            writer.write("1\t").write("a\n2").write("\tb\n".getBytes());
        }
        assertEquals(8, told[0]);
        assertUsable(2);
        try (CopyWriter writer = conn.copyIn("COPY copied (id, name) FROM STDIN")) {
            writer.row(3, "c");
            assertThrows(InterfaceException.class, () -> writer.write("4\td\n"));
            writer.row(5, "e");
        }
        assertUsable(4);
    }

    @Test
    void aValueThatCannotBeWrittenFailsTheCopy() {
        for (String format : List.of("binary", "text", "csv")) {
            CopyWriter writer = conn.copyIn("COPY copied (id, name) FROM STDIN (FORMAT " + format + ")");
            writer.row(1, "a");
            DataException refused = assertThrows(DataException.class, () -> writer.row(new Object(), "b"));
            assertTrue(refused.getMessage().contains("row 1, column 0 \"id\" (int4)"), refused.getMessage());
            assertTrue(writer.isClosed());
            assertThrows(InterfaceException.class, () -> writer.row(2, "b"));
            writer.close();
            assertUsable(0);
        }
        CopyWriter writer = conn.copyIn("COPY copied (id, name) FROM STDIN");
        assertThrows(InterfaceException.class, () -> writer.row(1));
        assertUsable(0);
    }

    @Test
    void whatTheServerRefusesIsThrownByCloseOrByTheRowThatNoticesIt() {
        CopyWriter few = conn.copyIn("COPY copied (id) FROM STDIN");
        few.row(1).row(1);
        assertThrows(UniqueViolationException.class, few::close);
        assertUsable(0);
        CopyWriter many = conn.copyIn("COPY copied (id, name) FROM STDIN");
        String name = "x".repeat(1000);
        assertThrows(UniqueViolationException.class, () -> {
            while (true) {
                many.row(1, name);
            }
        });
        many.close();
        assertUsable(0);
        assertThrows(PgException.class, () -> conn.copyIn("COPY nothing FROM STDIN"));
        assertThrows(PgException.class, () -> conn.copyIn("COPY copied (nothing) FROM STDIN"));
        assertThrows(PgException.class, () -> conn.copyOut("COPY nothing TO STDOUT"));
        assertUsable(0);
    }

    @Test
    void aBlockThatFailsStoresNothing() {
        IllegalStateException failure = new IllegalStateException("of the block");
        assertSame(
                failure,
                assertThrows(
                        IllegalStateException.class,
                        () -> conn.copyIn("COPY copied (id) FROM STDIN", writer -> {
                            writer.row(1);
                            throw failure;
                        })));
        assertUsable(0);
        assertEquals(2, conn.copyIn("COPY copied (id) FROM STDIN", writer -> {
            writer.row(1).row(2);
        }));
        assertUsable(2);
        Iterable<Object> failing = () -> {
            throw failure;
        };
        assertSame(
                failure,
                assertThrows(IllegalStateException.class, () -> conn.copyRows("COPY copied (id) FROM STDIN", failing)));
        assertUsable(2);
    }

    @Test
    void nothingElseIsDoneWhileAWriterIsOpen() {
        Cursor read = conn.execute("SELECT g FROM generate_series(1, 3) g");
        CopyWriter writer = conn.copyIn("COPY copied (id) FROM STDIN");
        writer.row(1);
        InterfaceException refused = assertThrows(InterfaceException.class, () -> conn.execute("SELECT 1"));
        assertTrue(refused.getMessage().contains("COPY copied (id) FROM STDIN"), refused.getMessage());
        assertThrows(InterfaceException.class, () -> conn.pipeline().execute("SELECT 1"));
        assertThrows(InterfaceException.class, () -> conn.copyIn("COPY copied (id) FROM STDIN"));
        assertThrows(InterfaceException.class, () -> conn.copyOut("COPY copied TO STDOUT"));
        assertEquals(3, read.fetchAll().size());
        writer.close();
        assertUsable(1);
    }

    @Test
    void aRollbackAbandonsAWriterThatWasForgotten() {
        conn.begin();
        conn.execute("INSERT INTO copied (id) VALUES (1)");
        CopyWriter writer = conn.copyIn("COPY copied (id) FROM STDIN");
        writer.row(2);
        assertThrows(InterfaceException.class, conn::commit);
        conn.rollback();
        assertTrue(writer.isClosed());
        writer.close();
        assertUsable(0);
        try (Transaction tx = conn.begin()) {
            tx.copyRows("COPY copied (id) FROM STDIN", List.of(List.of(1)));
            Transaction inner = tx.begin();
            inner.copyIn("COPY copied (id) FROM STDIN").row(2);
            inner.rollback();
            tx.commit();
        }
        assertUsable(1);
        conn.copyIn("COPY copied (id) FROM STDIN").row(9);
        conn.reset();
        conn.execute("SELECT 1");
    }

    @Test
    void rowsThatAreNotReadWaitAndAreDroppedByClose() {
        String sql = "COPY (SELECT generate_series(1, %d)) TO STDOUT (FORMAT binary)";
        Cursor some = conn.copyOut(String.format(sql, 100_000));
        assertTrue(some.next());
        assertEquals(1, some.getInt(0));
        conn.execute("SELECT 1");
        assertEquals(99_999, some.fetchAll().size());
        for (String many : List.of(sql, sql.replace("binary", "csv"))) {
            try (Cursor endless = conn.copyOut(String.format(many, 1_000_000_000))) {
                assertTrue(endless.next());
            }
            assertUsable(0);
        }
        try (Transaction tx = conn.begin()) {
            try (Cursor rest = tx.copyOut(String.format(sql, 200_000))) {
                assertTrue(rest.next());
            }
            assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        }
        Cursor none = conn.copyOut("COPY copied TO STDOUT (FORMAT csv, HEADER)");
        assertNull(none.fetchOne());
        assertEquals(0, none.rowCount());
    }

    private void assertUsable(int rows) {
        assertFalse(conn.isClosed());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals(
                rows,
                conn.execute("SELECT count(*)::int FROM copied").fetchSingle().getInt(0));
    }
}
