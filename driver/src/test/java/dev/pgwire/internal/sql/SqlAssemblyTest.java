package dev.pgwire.internal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.testing.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SqlAssemblyTest {
    /** Whole tokens, each of which could swallow one beside it. Strings on two lines are one, which no statement has. */
    private static final String[] TEXTS = {
        "-", "+", "@", "/", "*", "<", "=", ">", "&", "U&", "E", "n", "name", "1", "1.5", ".", "$2", "::", ":", "'x'",
        "E'y'", "\"q\"", "(", ")", "[", ",", ";", " ", "\u2003", "\u00e9"
    };

    private static final String[] TOKENS = {
        "'a'", "E'a\\\\'", "\"a\"", "\"a\".\"b\"", "701", "-702", "$7", ":p", "NULL", "'a'::date"
    };

    private static String assembled(Object... parts) {
        SqlAssembly sql = new SqlAssembly();
        for (Object part : parts) {
            if (part instanceof String text) {
                sql.text(text);
            } else {
                sql.token(part.toString());
            }
        }
        return sql.whole();
    }

    private static StringBuilder token(String text) {
        return new StringBuilder(text);
    }

    @Test
    void aTextStandsAsItIs() {
        assertEquals("SELECT 'a'-- x", assembled("SELECT", " ", "'a'", "", "-- x"));
        assertEquals("", assembled());
    }

    @Test
    void aNumberIsQuotedBeforeACast() {
        assertEquals("'-1'::int2", assembled(token("-1"), "::int2"));
        assertEquals("'1' \n::int2", assembled(token("1"), " ", "\n", "", "::int2"));
        assertEquals("-1 + 1::int2", assembled(token("-1"), " + 1::int2"));
        assertEquals("-1, '-2'::int2", assembled(token("-1"), ", ", token("-2"), "::int2"));
        assertEquals("'a'::text", assembled(token("'a'"), "::text"));
        assertEquals("$1::text", assembled(token("$1"), "::text"));
        assertEquals("CAST('1' AS xid)", assembled("CAST(", token("1"), " AS xid)"));
        assertEquals("CASTS(1 AS xid)", assembled("CASTS(", token("1"), " AS xid)"));
    }

    @Test
    void aConstantIsEnclosedBeforeASubscript() {
        assertEquals("('a'::date)[1]", assembled(token("'a'::date"), "[1]"));
        assertEquals("('a') . b", assembled(token("'a'"), " . b"));
        assertEquals(
                "\"a\"[1], $1 .b, :p[1]", assembled(token("\"a\""), "[1], ", token("$1"), ".b, ", token(":p"), "[1]"));
    }

    /** What the scanner finds in the whole is what it finds in the parts, one behind the other. */
    @Test
    void everyTokenIsFoundAgain() {
        SplittableRandom random = Seed.take().splittableRandom();
        for (int i = 0; i < Seed.draws(100_000); i++) {
            SqlAssembly sql = new SqlAssembly();
            List<String> expected = new ArrayList<>();
            for (int length = 1 + random.nextInt(4); length > 0; length--) {
                String text = TEXTS[random.nextInt(TEXTS.length)];
                String token = TOKENS[random.nextInt(TOKENS.length)];
                sql.text(text);
                sql.token(token);
                expected.addAll(tokens(text, false));
                expected.addAll(tokens(token, false));
            }
            String whole = sql.whole();
            List<String> found = tokens(whole, false);
            assertEquals(unquoted(expected), unquoted(found), whole);
            assertEquals(found, tokens(whole, true), whole);
        }
    }

    /** Else a value would be a part of a string or a comment, and what is in it might end that. */
    @Test
    void aTokenInsideAStringOrACommentIsRefused() {
        for (String before : List.of(
                "SELECT 1 -- by ",
                "SELECT /* ",
                "SELECT 'a ",
                "SELECT $$ ",
                "SELECT \"a ",
                "SELECT E'a ",
                "SELECT '\\', ",
                "a '\\' ")) {
            String refusal = assertThrows(
                            InterfaceException.class,
                            () -> assembled(before, token("'x\n*/ '';'"), before.endsWith(", ") ? ", ''" : " "))
                    .getMessage();
            assertTrue(refusal.contains("stands in a string or in a comment"), refusal);
            assertFalse(refusal.contains("*/"), refusal);
        }
        assertEquals("SELECT E'\\\\', 'x' -- y", assembled("SELECT E'\\\\', ", token("'x'"), " -- y"));
        assertEquals("SELECT 'x' ESCAPE '\\'", assembled("SELECT ", token("'x'"), " ESCAPE '\\'"));
    }

    /** Numbers may have got quotes, and constants parentheses. */
    private static String unquoted(List<String> tokens) {
        return String.join(" ", tokens)
                .replaceAll("[()] ?", "")
                .replaceAll("'(-?)(70.)'", "$1$2")
                .replaceAll("- ?70", "-70")
                .strip();
    }

    private static List<String> tokens(String sql, boolean backslashEscapes) {
        List<String> tokens = new ArrayList<>();
        SqlScanner scanner = new SqlScanner(sql, backslashEscapes);
        while (scanner.next() != SqlScanner.Token.END) {
            tokens.add(sql.substring(scanner.start(), scanner.end()));
        }
        return tokens;
    }
}
