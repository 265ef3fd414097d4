package dev.pgwire.internal.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.sql.SqlScanner;
import dev.pgwire.testing.Seed;
import dev.pgwire.type.Inet;
import dev.pgwire.type.Range;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueLiteralsTest {
    private static final ValueLiterals LITERALS = new ValueLiterals(TypeRegistry.builtin());

    private static String mogrify(String sql, @Nullable Object... values) {
        return LITERALS.mogrify(sql, values, false);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(null, "NULL"),
                Arguments.of(true, "true"),
                Arguments.of((short) -7, "-7"),
                Arguments.of(Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of(BigInteger.TEN.pow(20), "100000000000000000000"),
                Arguments.of(new BigDecimal("1.50"), "1.50"),
                Arguments.of(new BigDecimal("1E+3"), "1000"),
                Arguments.of(0.1, "0.1"),
                Arguments.of(3.0, "3"),
                Arguments.of(1e300, "1e+300"),
                Arguments.of(-0.0, "'-0'::pg_catalog.float8"),
                Arguments.of(Double.NaN, "'NaN'::pg_catalog.float8"),
                Arguments.of(Float.NEGATIVE_INFINITY, "'-Infinity'::pg_catalog.float8"),
                Arguments.of("", "''"),
                Arguments.of("it's", "'it''s'"),
                Arguments.of("a\\b'c", "E'a\\\\b''c'"),
                Arguments.of('x', "'x'"),
                Arguments.of(new StringBuilder("é"), "'é'"),
                Arguments.of(DayOfWeek.MONDAY, "'MONDAY'"),
                Arguments.of(new byte[] {0, -1}, "E'\\\\x00ff'::pg_catalog.bytea"),
                Arguments.of(LocalDate.of(2024, 2, 29), "'2024-02-29'::pg_catalog.date"),
                Arguments.of(LocalTime.of(1, 2, 3), "'01:02:03'::pg_catalog.time"),
                Arguments.of(
                        OffsetDateTime.of(2024, 2, 29, 1, 0, 0, 0, ZoneOffset.ofHours(1)),
                        "'2024-02-29 00:00:00+00'::pg_catalog.timestamptz"),
                Arguments.of(Duration.ofMinutes(90), "'01:30:00'::pg_catalog.interval"),
                Arguments.of(new UUID(0, 1), "'00000000-0000-0000-0000-000000000001'::pg_catalog.uuid"),
                Arguments.of(Inet.of("10.0.0.1/8"), "'10.0.0.1/8'"),
                Arguments.of(List.of(1, 2), "'{1,2}'"),
                Arguments.of(new String[] {"a'b", "c\"d", "e\\"}, "E'{a''b,\"c\\\\\"d\",\"e\\\\\\\\\"}'"),
                Arguments.of(Range.atLeast(7), "'[7,)'"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueIsAConstant(@Nullable Object value, String expected) {
        assertEquals(expected, LITERALS.literal(value));
    }

    /** A class of the program may print what it likes. */
    @Test
    void aNumberWithoutDigitsIsNoNumeral() {
        Number evil = new Number() {
            private static final long serialVersionUID = 1L;

            @Override
            public int intValue() {
                return 1;
            }

            @Override
            public long longValue() {
                return 1;
            }

            @Override
            public float floatValue() {
                return 1;
            }

            @Override
            public double doubleValue() {
                return 1;
            }

            @Override
            public String toString() {
                return "1; DROP TABLE t";
            }
        };
        assertThrows(DataException.class, () -> LITERALS.literal(evil));
    }

    @Test
    void whatHasNoConstantIsRefused() {
        assertTrue(assertThrows(DataException.class, () -> mogrify("SELECT $2, $1", 1, new Object()))
                .getMessage()
                .startsWith("parameter $2 cannot take an Object, expected "));
        for (Object text : List.of("a\0b", "\ud800", "x\udc00", List.of("a\0"), '\0')) {
            String message = assertThrows(DataException.class, () -> LITERALS.literal(text))
                    .getMessage();
            assertTrue(message.contains("the text has U+"), message);
        }
        assertThrows(DataException.class, () -> LITERALS.literal(LocalDate.of(-4800, 1, 1)));
    }

    @Test
    void valuesStandInThePlaceOfParameters() {
        assertEquals("SELECT 1, 'a', 1", mogrify("SELECT $1, $2, $1", 1, "a"));
        assertEquals("SET x = 'a'; SELECT -1", mogrify("SET x = $1; SELECT $2", "a", -1));
        assertEquals(
                "ALTER ROLE r PASSWORD 'it''s'", mogrify("ALTER ROLE r PASSWORD :secret", Map.of("secret", "it's")));
        assertEquals("SELECT 1", mogrify("SELECT 1"));
        // What is quoted depends on a setting that may have changed unseen.
        for (String text : List.of("SELECT '\\', $1, ''", "SELECT * FROM a WHERE b LIKE '\\' AND c = $1 AND d = ''")) {
            assertTrue(assertThrows(InterfaceException.class, () -> mogrify(text, "; DROP TABLE t --"))
                    .getMessage()
                    .contains("if standard_conforming_strings is off"));
        }
        assertEquals("SELECT NULL", LITERALS.mogrify("SELECT $1", null, false));
        assertEquals("SELECT '-1'::int2, 'a'::text", mogrify("SELECT $1::int2, $2::text", -1, "a"));
        // A value is not looked into: what it says of parameters is text.
        assertEquals("SELECT '$2', '$1'", mogrify("SELECT $1, $2", "$2", "$1"));
        assertEquals("SELECT ':b', ':a'", mogrify("SELECT :a, :b", Map.of("a", ":b", "b", ":a")));
    }

    /** A cast, a subscript and a field mean the same behind a constant as behind the parameter. */
    @Test
    void aConstantHasTheFormThatWhatIsBehindItNeeds() {
        assertEquals("SELECT '-1' /* a */ -- b\n :: int2", mogrify("SELECT $1 /* a */ -- b\n :: int2", -1));
        assertEquals(
                "SELECT CAST('7' AS xid), cast ( '7' as int)", mogrify("SELECT CAST($1 AS xid), cast ( $1 as int)", 7));
        assertEquals("SELECT 7 AS xid, f(7)", mogrify("SELECT $1 AS xid, f($1)", 7));
        assertEquals(
                "SELECT (-1.5)::money, CAST((5) AS pg_catalog.Money), (101)::bit(8)",
                mogrify("SELECT $1::money, CAST($2 AS pg_catalog.Money), $3::bit(8)", new BigDecimal("-1.5"), 5, 101));
        assertEquals("SELECT '101'::bit", mogrify("SELECT $1::bit", "101"));
        LocalDate day = LocalDate.of(2024, 2, 29);
        assertEquals(
                "SELECT ('2024-02-29'::pg_catalog.date)[0], ('{1,2}') [1], 7 .x, 7::int",
                mogrify("SELECT $1[0], $2 [1], $3.x, 7::int", day, List.of(1, 2), 7));
        assertEquals("SELECT '2024-02-29'::pg_catalog.date::text", mogrify("SELECT $1::text", day));
    }

    /** To the server they are letters, so that they begin no parameter and end no comment. */
    @Test
    void aSpaceBeyondAsciiIsALetter() {
        assertEquals("SELECT a\u2003$1, 7", mogrify("SELECT a\u2003$1, $1", 7));
        assertEquals("SELECT 7 \u00a0x", mogrify("SELECT $1\u00a0x", 7));
    }

    @Test
    void whatIsQuotedOrCommentedIsNoParameter() {
        String sql = "SELECT '$1', \"$1\", E'\\'$1', $$ $1 $$, $t$ :x $t$ /* $1 /* $1 */ $1 */ -- $1\n, a::text, b$1, ";
        assertEquals(sql + "7", mogrify(sql + "$1", 7));
    }

    /** In an old session a backslash escapes the quote, so that the string goes on: a value is put where both agree. */
    @Test
    void aStringIsReadAsTheSessionReadsIt() {
        String sql = "SELECT $1, '\\'";
        assertEquals("SELECT 7, '\\'", LITERALS.mogrify(sql, new Object[] {7}, false));
        assertEquals("SELECT 7, '\\'", LITERALS.mogrify(sql, new Object[] {7}, true));
        String unsure = "SELECT '\\', $1, ''";
        assertThrows(InterfaceException.class, () -> LITERALS.mogrify(unsure, new Object[] {7}, false));
        assertThrows(InterfaceException.class, () -> LITERALS.mogrify(unsure, new Object[] {7}, true));
    }

    @Test
    void theNumberOfValuesMustBeThatOfTheParameters() {
        assertThrows(InterfaceException.class, () -> mogrify("SELECT $1"));
        assertThrows(InterfaceException.class, () -> mogrify("SELECT $1", 1, 2));
        assertThrows(InterfaceException.class, () -> mogrify("SELECT $99999999999", 1));
        assertThrows(InterfaceException.class, () -> mogrify("SELECT :a", Map.of("b", 1)));
    }

    /** A minus and a string with a line break must not make a comment and a statement of their own. */
    @Test
    void aMinusBeforeANegativeNumberMakesNoComment() {
        assertEquals("SELECT - -1, '\n; DROP TABLE t'", mogrify("SELECT -$1, $2", -1, "\n; DROP TABLE t"));
    }

    /** Whichever way the session reads strings, a constant is one token, with nothing behind it. */
    @Test
    void aConstantIsOneTokenUnderBothSettings() {
        SplittableRandom random = Seed.take().splittableRandom();
        for (int i = 0; i < Seed.draws(50_000); i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append("'\\\"$:-/*;{}ea\n\u00e9 ".charAt(random.nextInt(16)));
            }
            String literal = LITERALS.literal(text);
            for (boolean backslashEscapes : new boolean[] {false, true}) {
                SqlScanner scanner = new SqlScanner(literal + ";", backslashEscapes);
                assertEquals(SqlScanner.Token.LITERAL, scanner.next(), literal);
                assertEquals(literal.length(), scanner.end(), literal);
                assertEquals(SqlScanner.Token.SEMICOLON, scanner.next(), literal);
                assertEquals(SqlScanner.Token.END, scanner.next(), literal);
            }
            assertFalse(literal.startsWith("E") && text.indexOf("\\") < 0);
        }
    }
}
