package dev.pgwire.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What parts become when they are put together. */
class ComposedSqlTest {
    private static final Identifier NAME = Identifier.of("n");

    private static String refused(Runnable wrong) {
        return assertThrows(InterfaceException.class, wrong::run).getMessage();
    }

    @Test
    void fieldsAreFilledInTheirOrder() {
        Composed query = Sql.of("SELECT {} FROM {} WHERE {} = {} AND {} > {}")
                .format(
                        Sql.of(", ").join(Identifier.of("id"), Identifier.of("na\"me")),
                        Identifier.of("public", "Users"),
                        Identifier.of("age"),
                        Placeholder.next(),
                        Identifier.of("u", "since"),
                        Placeholder.next());
        assertEquals(
                "SELECT \"id\", \"na\"\"me\" FROM \"public\".\"Users\" WHERE \"age\" = $1 AND \"u\".\"since\" > $2",
                query.asString());
    }

    @Test
    void fieldsAreFilledByNumberAndByName() {
        assertEquals(
                "SELECT 2, 1, 2",
                Sql.of("SELECT {1}, {0}, {1}")
                        .format(Literal.of(1), Literal.of(2))
                        .asString());
        assertEquals(
                "SELECT \"c\" FROM \"t\" AS \"c\"",
                Sql.of("SELECT {column} FROM {table} AS {column}")
                        .format(Map.of("column", Identifier.of("c"), "table", Identifier.of("t"), "more", Sql.of("")))
                        .asString());
    }

    @Test
    void whatIsQuotedOrCommentedHasNoFields() {
        String text = "SELECT '{}', \"{a}\", E'\\'{b}', $${}$$, $t${0}$t$ /* {} /* {} */ } */ -- {\n, {}";
        assertEquals(
                text.replace(", {}", ", 7"), Sql.of(text).format(Literal.of(7)).asString());
        assertEquals("{x} 7 }", Sql.of("{{x}} {} }}").format(Literal.of(7)).asString());
        assertEquals("SELECT {} {{", Sql.of("SELECT {} {{").asString());
    }

    /** On a session of the old fashion the field would be in a string, and its value beside it. */
    @Test
    void aTextWhoseStringsDependOnASettingIsRefused() {
        for (String text : List.of("SELECT '\\', {}, '", "SELECT {}, '\\''{}", "SELECT '\\'{}'")) {
            String message = refused(() -> Sql.of(text).format(NAME, NAME));
            assertTrue(message.contains("standard_conforming_strings"), message);
            assertTrue(message.contains("expected E'...'"), message);
        }
        assertEquals(
                "SELECT 'a\\b', \"n\"", Sql.of("SELECT 'a\\b', {}").format(NAME).asString());
    }

    @Test
    void partsAndFieldsMustFit() {
        assertEquals(
                "\"SELECT {}\" has fields for 1 parts, 0 given, expected 1 and a field for each",
                refused(() -> Sql.of("SELECT {}").format()));
        assertTrue(refused(() -> Sql.of("SELECT {}").format(NAME, NAME)).contains("2 given"));
        assertTrue(refused(() -> Sql.of("SELECT {1}").format(NAME, NAME)).contains("a field for each"));
        assertTrue(refused(() -> Sql.of("SELECT {} {0}").format(NAME)).contains("beside a field with a number"));
        assertTrue(refused(() -> Sql.of("SELECT {a}").format(NAME)).contains("expected parts by name"));
        assertTrue(refused(() -> Sql.of("SELECT {}").format(Map.of("a", NAME))).contains("expected a name in each"));
        assertEquals(
                "no part for the field {table}, expected one for each, did you mean \"tabel\"?",
                refused(() -> Sql.of("{table}").format(Map.of("tabel", NAME, "x", NAME))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT {", "SELECT }", "SELECT {a b}", "SELECT { }", "SELECT {$1}", "{123456}", "{a.b}"})
    void aBraceThatBelongsToNoFieldIsRefused(String text) {
        String message = refused(() -> Sql.of(text).format(NAME));
        assertTrue(message.contains("expected {}, {0} or {name}, or the brace twice"), message);
    }

    @Test
    void placeholdersCountThemselvesOrHaveNumbersOrNames() {
        Composed values = Sql.of(", ").join(Placeholder.next(), Placeholder.next());
        assertEquals(
                "$1, $2; $3", values.plus(Sql.of("; ")).plus(Placeholder.next()).asString());
        assertEquals(
                "$2, $2",
                Sql.of(", ").join(Placeholder.of(2), Placeholder.of(2)).asString());
        assertEquals(
                ":a, :b$1é",
                Sql.of(", ").join(Placeholder.of("a"), Placeholder.of("b$1é")).asString());
        assertTrue(refused(() -> values.plus(Placeholder.of(1)).asString()).contains("expected that all have numbers"));
        // A number in a text would be one of those that are counted.
        assertEquals(
                "$1 '$1', $2",
                Sql.of("{} '$1', {}")
                        .format(Placeholder.next(), Placeholder.next())
                        .asString());
        assertTrue(refused(() -> Sql.of("$1, {}").format(Placeholder.next()).asString())
                .contains("expected that all have numbers"));
        for (int number : new int[] {0, -1, 65_536}) {
            assertTrue(refused(() -> Placeholder.of(number)).contains("expected one from 1 to 65535"));
        }
        for (String name : new String[] {"", "1a", "a b", "a:b", "a\"", "a\n"}) {
            assertTrue(refused(() -> Placeholder.of(name)).contains("expected letters"));
        }
    }

    @Test
    void namesThatTheServerWouldNotTakeAreRefused() {
        assertEquals("a name is empty, expected one as the catalog has it", refused(() -> Identifier.of("a", "")));
        assertTrue(refused(() -> Identifier.of()).contains("no parts"));
        assertEquals(
                "\"" + "é".repeat(31) + "x\"",
                Identifier.of("é".repeat(31) + "x").asString());
        assertTrue(refused(() -> Identifier.of("é".repeat(32))).contains("64 bytes in UTF-8, expected at most 63"));
        for (String name : new String[] {"a\0", "\ud800", "\udc00\ud800"}) {
            String message =
                    assertThrows(DataException.class, () -> Identifier.of(name)).getMessage();
            assertTrue(message.startsWith("a name is refused: the text has U+"), message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            value = {
                "SELECT{}|SELECT 'a'",
                "SELECT{}FROM t|SELECT 'a' FROM t",
                "E{}|E 'a'",
                "U&{}|U& 'a'",
                "'b'{}'c'|'b' 'a' 'c'",
                "x={}AND|x='a' AND",
                "x={};|x='a';",
                "f({},{})|f('a','a')",
                "a[{}]|a['a']",
                "{}::text|'a'::text",
                "{}|'a'"
            })
    void aStringStaysAStringOfItsOwn(String text, String expected) {
        String given = expected.equals("f('a','a')") ? "f({0},{0})" : text;
        assertEquals(expected, Sql.of(given).format(Literal.of("a")).asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 -{}|1 - -5",
                "1 - {}|1 - -5",
                "@{}|@ -5",
                "x={}|x= -5",
                "f({})|f(-5)",
                "{}::int2|'-5'::int2",
                "{} :: int2|'-5' :: int2",
                "{}0|-5 0",
                "{}.0|-5 .0",
                "{} + 1|-5 + 1",
                "SET x = {}|SET x = -5"
            })
    void aNegativeNumberIsNeverAPartOfAnOperatorOrACast(String text, String expected) {
        assertEquals(expected, Sql.of(text).format(Literal.of(-5)).asString());
    }

    @Test
    void tokensBesideEachOtherStayTwo() {
        assertEquals("\"n\" \"n\"", Composed.of(NAME, NAME).asString());
        assertEquals(
                "'a' 'a' 1 1",
                Composed.of(Literal.of("a"), Literal.of("a"), Literal.of(1), Literal.of(1))
                        .asString());
        assertEquals("\"n\".\"n\"", Composed.of(NAME, Sql.of("."), NAME).asString());
        assertEquals(
                "$1 $2 :a",
                Composed.of(Placeholder.next(), Placeholder.next(), Placeholder.of("a"))
                        .asString());
        assertEquals(
                "a $1 b $2",
                Sql.of("a{}b{}").format(Placeholder.next(), Placeholder.next()).asString());
    }

    @Test
    void aValueNeverStandsInAStringOrAComment() {
        Composable value = Literal.of("x\n; DROP TABLE t --");
        for (Composable wrong : List.of(
                Sql.of("SELECT 1 -- by ").plus(value),
                Composed.of(Sql.of("SELECT /* "), value),
                Composed.of(Sql.of("SELECT '\\', "), value, Sql.of(", ''")),
                Sql.of(" ").join(Sql.of("SELECT '"), value))) {
            assertTrue(refused(wrong::asString).contains("stands in a string or in a comment"));
        }
    }

    @Test
    void manyPartsMayBeAddedOneByOne() {
        Composed whole = Sql.of("1").plus(Sql.of(" "));
        for (int i = 0; i < 20_000; i++) {
            whole = whole.plus(Sql.of("+1"));
        }
        assertEquals(20_002, whole.parts().size());
        assertEquals(40_002, whole.asString().length());
        assertEquals(whole, new Composed(whole.parts()));
    }

    @Test
    void theSamePartsAreEqual() {
        Composed one = Sql.of("SELECT {} {} {}").format(NAME, Literal.of(new byte[] {1}), Placeholder.of("x"));
        Composed other =
                Sql.of("SELECT {} {} {}").format(Identifier.of("n"), Literal.of(new byte[] {1}), Placeholder.of("x"));
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        assertNotEquals(one, Sql.of("SELECT {} {} {}").format(NAME, Literal.of(new byte[] {2}), Placeholder.of("x")));
        assertNotEquals(Placeholder.of(1), Placeholder.of("x"));
        assertNotEquals(Placeholder.next(), Placeholder.of(1));
        assertNotEquals(Literal.of(null), Literal.of(0));
    }

    @Test
    void toStringShowsNoValue() {
        Composed secret = Sql.of("ALTER ROLE {} PASSWORD {} {} {}")
                .format(Identifier.of("me"), Literal.of("secret"), Literal.of(null), Placeholder.next());
        assertEquals("ALTER ROLE \"me\" PASSWORD '...' NULL $n", secret.toString());
        assertFalse(Literal.of("secret").toString().contains("secret"));
    }
}
