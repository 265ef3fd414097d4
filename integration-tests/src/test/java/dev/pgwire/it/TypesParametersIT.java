package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.InvalidTextRepresentationException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testkit.TestServer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be given for a parameter, and what may not. */
class TypesParametersIT {
    private static Connection conn;

    @BeforeAll
    static void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("SET TIME ZONE 'UTC'");
        conn.execute("CREATE TYPE pg_temp.parameters_it_mood AS ENUM ('MONDAY', 'so so')");
    }

    @AfterEach
    void leaveNoTransaction() {
        conn.rollback();
    }

    @AfterAll
    static void disconnect() {
        conn.close();
    }

    static Stream<Arguments> textsForTheServer() {
        return Stream.of(
                Arguments.of("bool", "yes", "true"),
                Arguments.of("int2", " 7 ", "7"),
                Arguments.of("int4", "-42", "-42"),
                Arguments.of("int8", "9223372036854775807", "9223372036854775807"),
                Arguments.of("oid", "4294967295", "4294967295"),
                Arguments.of("float4", "1e3", "1000"),
                Arguments.of("float8", "-inf", "-Infinity"),
                Arguments.of("numeric", "1.50e1", "15.0"),
                Arguments.of("numeric", "nan", "NaN"),
                Arguments.of("bytea", "\\x00FF", "\\x00ff"),
                Arguments.of("bytea", "a\\000b", "\\x610062"),
                Arguments.of("uuid", "{A0EEBC99-9C0B4EF8-BB6D6BB9-BD380A11}", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                Arguments.of("date", "2024-01-01", "2024-01-01"),
                Arguments.of("date", "January 8, 99 BC", "0099-01-08 BC"),
                Arguments.of("date", "epoch", "1970-01-01"),
                Arguments.of("time", "04:05 PM", "16:05:00"),
                Arguments.of("timestamp", "2024-02-29 12:34:56.7", "2024-02-29 12:34:56.7"),
                Arguments.of("timestamptz", "2024-02-29 12:00 Asia/Kolkata", "2024-02-29 06:30:00+00"),
                Arguments.of("json", "{\"a\": 1 }", "{\"a\": 1 }"),
                Arguments.of("jsonb", "{\"a\":1}", "{\"a\": 1}"),
                Arguments.of("text", "", ""),
                Arguments.of("name", "x", "x"),
                Arguments.of("parameters_it_mood", "so so", "so so"),
                Arguments.of("inet", "10.0.0.1/8", "10.0.0.1/8"),
                Arguments.of("interval", "90 minutes", "01:30:00"),
                Arguments.of("int4[]", "{1, 2,NULL}", "{1,2,NULL}"),
                Arguments.of("point", "1,2", "(1,2)"));
    }

    @ParameterizedTest
    @MethodSource("textsForTheServer")
    void aStringForAnyTypeIsReadByTheServer(String type, String given, String expected) {
        assertEquals(
                expected,
                conn.execute("SELECT $1::" + type + "::text", given).fetchOne().getString(0));
        assertEquals(
                expected,
                conn.execute("SELECT $1::" + type + "::text", new StringBuilder(given))
                        .fetchOne()
                        .getString(0));
    }

    static Stream<Arguments> otherClasses() {
        return Stream.of(
                Arguments.of("int2", 7, "7"),
                Arguments.of("int2", -32768L, "-32768"),
                Arguments.of("int4", (byte) -1, "-1"),
                Arguments.of("int4", 3.0, "3"),
                Arguments.of("int4", new BigDecimal("2147483647.00"), "2147483647"),
                Arguments.of("int8", BigInteger.ONE.shiftLeft(63).negate(), "-9223372036854775808"),
                Arguments.of("oid", 4294967295L, "4294967295"),
                Arguments.of("float4", 0.1, "0.1"),
                Arguments.of("float8", 0.1f, Double.toString(0.1f)),
                Arguments.of("float8", 42, "42"),
                Arguments.of("numeric", 42, "42"),
                Arguments.of("numeric", 0.1, "0.1"),
                Arguments.of("numeric", 0.1f, "0.1"),
                Arguments.of("numeric", Float.NEGATIVE_INFINITY, "-Infinity"),
                Arguments.of("numeric", new BigDecimal("1E+3"), "1000"),
                Arguments.of("numeric", BigInteger.TEN.pow(40), "1" + "0".repeat(40)),
                Arguments.of("text", 'x', "x"),
                Arguments.of("text", DayOfWeek.MONDAY, "MONDAY"),
                Arguments.of("varchar", new StringBuilder("é"), "é"),
                Arguments.of("bytea", ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2), "\\x0102"),
                Arguments.of("bytea", ByteBuffer.allocateDirect(1), "\\x00"),
                Arguments.of("timestamptz", Instant.parse("2024-02-29T12:00:00Z"), "2024-02-29 12:00:00+00"),
                Arguments.of(
                        "timestamptz",
                        OffsetDateTime.of(2024, 2, 29, 12, 0, 0, 0, ZoneOffset.ofHoursMinutes(5, 30)),
                        "2024-02-29 06:30:00+00"),
                Arguments.of(
                        "timestamptz",
                        LocalDateTime.of(2024, 7, 1, 12, 0).atZone(ZoneId.of("America/New_York")),
                        "2024-07-01 16:00:00+00"),
                Arguments.of("timestamptz", Instant.MAX, "infinity"),
                Arguments.of("timestamptz", OffsetDateTime.MIN, "-infinity"),
                Arguments.of("timestamp", LocalDateTime.MAX, "infinity"),
                Arguments.of("date", LocalDate.MIN, "-infinity"),
                // Nanoseconds are rounded, but a day has no 25th hour.
                Arguments.of("time", LocalTime.of(1, 2, 3, 4_501), "01:02:03.000005"),
                Arguments.of("time", LocalTime.MAX, "23:59:59.999999"),
                Arguments.of(
                        "timestamp", LocalDateTime.of(2023, 12, 31, 23, 59, 59, 999_999_999), "2024-01-01 00:00:00"));
    }

    @ParameterizedTest
    @MethodSource("otherClasses")
    void aParameterTakesEveryClassThatHoldsItsValueExactly(String type, Object given, String expected) {
        assertEquals(
                expected,
                conn.execute("SELECT $1::" + type + "::text", given).fetchOne().getString(0));
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                Arguments.of("int4", LocalDate.EPOCH),
                Arguments.of("int4", true),
                Arguments.of("int4", new Object()),
                Arguments.of("int4", List.of(1)),
                Arguments.of("int2", 32768),
                Arguments.of("int2", -32769L),
                Arguments.of("int4", 2147483648L),
                Arguments.of("int4", -2147483649L),
                Arguments.of("int4", 1.5),
                Arguments.of("int4", new BigDecimal("0.1")),
                Arguments.of("int4", Double.NaN),
                Arguments.of("int4", 1e10),
                Arguments.of("int8", 1.5f),
                Arguments.of("int8", BigInteger.ONE.shiftLeft(63)),
                Arguments.of("int8", 0x1p63),
                Arguments.of("int8", new BigDecimal("1e1000000000")),
                Arguments.of("oid", -1),
                Arguments.of("oid", 4294967296L),
                Arguments.of("float4", 1e39),
                Arguments.of("float4", 16777217),
                Arguments.of("float8", new BigDecimal("1e309")),
                Arguments.of("numeric", new BigDecimal("1e131072")),
                Arguments.of("numeric", new BigDecimal("1e-16384")),
                Arguments.of("numeric", "1".getBytes()),
                Arguments.of("bool", 1),
                Arguments.of("text", 1),
                Arguments.of("text", new Object()),
                Arguments.of("uuid", new byte[16]),
                Arguments.of("bytea", UUID.randomUUID()),
                Arguments.of("date", LocalDateTime.of(2024, 1, 1, 0, 0)),
                Arguments.of("date", LocalDate.of(5874899, 1, 1)),
                Arguments.of("date", LocalDate.of(-4713, 1, 1)),
                Arguments.of("time", LocalDate.EPOCH),
                Arguments.of("timestamp", Instant.EPOCH),
                Arguments.of("timestamp", LocalDateTime.of(294277, 1, 1, 0, 0)),
                Arguments.of("timestamptz", LocalDateTime.of(2024, 1, 1, 0, 0)),
                Arguments.of("timestamptz", Instant.MAX.minusNanos(1)),
                Arguments.of("jsonb", 1),
                Arguments.of("inet", new Object()),
                Arguments.of("int4[]", List.of(1, 1.5)),
                Arguments.of("int4[]", new int[][] {{1, 2}, {3}}),
                Arguments.of("parameters_it_mood", 1));
    }

    /** Had the server seen any of it, the transaction would be lost. */
    @ParameterizedTest
    @MethodSource("wrongValues")
    void aWrongValueIsRefusedBeforeTheServerHearsOfIt(String type, Object wrong) {
        conn.execute("BEGIN");
        conn.execute("CREATE TEMP SEQUENCE parameters_it_calls");
        String sql = "SELECT nextval('parameters_it_calls'), $1::" + type;
        for (int i = 0; i < 2; i++) {
            DataException refused = assertThrows(DataException.class, () -> conn.execute(sql, wrong));

            assertNull(refused.diagnostic());
            assertTrue(refused.getMessage().startsWith("parameter $1 ("), refused::getMessage);
            assertTrue(refused.getMessage().contains("expected"), refused::getMessage);
            assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        }
        assertEquals(1, conn.execute(sql, (Object) null).fetchOne().getInt(0));
    }

    @Test
    void theErrorNamesParameterTypeValueAndWhatWasExpected() {
        DataException refused =
                assertThrows(DataException.class, () -> conn.execute("SELECT $1::text, $2::int2", "a", 40000));

        assertEquals(
                "parameter $2 (int2) cannot take the Integer 40000, expected a whole number from -32768 to 32767,"
                        + " or a String with its text",
                refused.getMessage());
    }

    @Test
    void aWrongValueDoesNotLoseTheTransactionThatWasToBegin() {
        conn.execute("SELECT $1::int4", 1);
        conn.begin();

        assertThrows(DataException.class, () -> conn.execute("SELECT $1::int4", "x".getBytes()));

        conn.execute("CREATE TEMP TABLE parameters_it_lost (a int)");
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        conn.rollback();
        assertNull(conn.execute("SELECT to_regclass('parameters_it_lost')::text")
                .fetchOne()
                .get(0));
    }

    @Test
    void aWrongNumberOfValuesIsRefusedAndNothingIsLost() {
        for (Object[] wrong : List.of(new Object[] {1}, new Object[] {1, 2, 3})) {
            InterfaceException refused =
                    assertThrows(InterfaceException.class, () -> conn.execute("SELECT $1::int4 + $2::int4", wrong));
            assertTrue(refused.getMessage().contains("2 parameters ($1 to $2)"), refused::getMessage);
        }
        assertEquals(
                3, conn.execute("SELECT $1::int4 + $2::int4", 1, 2).fetchOne().getInt(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "before\0after", "\uD800", "a\uDC00b", "\uDC00\uD800", "end\uDBFF"})
    void textThatPostgresCannotStoreIsRefusedBeforeTheServerHearsOfIt(String text) {
        conn.execute("BEGIN");
        for (String type : List.of("text", "varchar", "bpchar", "name", "json", "jsonb", "int4", "inet")) {
            DataException refused =
                    assertThrows(DataException.class, () -> conn.execute("SELECT $1::" + type, text), type);
            assertEquals("22021", refused.sqlState());
            assertNull(refused.diagnostic());
            assertTrue(refused.getMessage()
                    .contains("index " + text.replaceAll("^([a-z]*).*", "$1").length()));
        }
        for (String sql : List.of("SELECT '" + text + "'", "SELECT $1::text -- " + text)) {
            assertThrows(DataException.class, () -> conn.execute(sql));
            assertThrows(DataException.class, () -> conn.execute(sql, "x"));
            assertThrows(DataException.class, () -> conn.cursor().executeSimple(sql));
        }
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        assertEquals("fine", conn.execute("SELECT $1::text", "fine").fetchOne().get(0));
    }

    @Test
    void textThatIsNoValueOfTheTypeIsTheServersError() {
        for (String type : List.of("int4", "date", "uuid", "bool", "inet", "parameters_it_mood", "int4[]", "jsonb")) {
            DataException refused =
                    assertThrows(DataException.class, () -> conn.execute("SELECT $1::" + type, "no value"), type);
            assertEquals("22", refused.sqlState().substring(0, 2));
            assertEquals("ERROR", refused.severity());
        }
        InvalidTextRepresentationException refused =
                assertThrows(InvalidTextRepresentationException.class, () -> conn.execute("SELECT $1::int4", "4x"));
        assertEquals("22P02", refused.sqlState());
        assertTrue(refused.getMessage().contains("invalid input syntax for type integer: \"4x\""), refused::getMessage);
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals(4, conn.execute("SELECT $1::int4", "4").fetchOne().get(0));
    }
}
