package dev.pgwire.internal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testing.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlScannerTest {
    /** Every token with what it covers: W a word, P a parameter, S a semicolon, O anything else. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "``                              ~ ``",
                "`  \n\t `                       ~ ``",
                "SELECT a_1$b                    ~ W<SELECT> W<a_1$b>",
                "caf\u00e9                       ~ W<caf\u00e9>",
                "a\u2003b \u2028 $1\u00a0c        ~ W<a\u2003b> W<\u2028> N<$1> W<\u00a0c>",
                "1 1.5 1e5 0x1F 1_000            ~ O<1> O<1> O<.> O<5> O<1e5> O<0x1F> O<1_000>",
                "'a'                             ~ L<'a'>",
                "'it''s'                         ~ L<'it''s'>",
                "'a\\'                           ~ L<'a\\'>",
                "E'a\\'b'                        ~ L<E'a\\'b'>",
                "e'\\\\' x                       ~ L<e'\\\\'> W<x>",
                "E'a''b\\''                      ~ L<E'a''b\\''>",
                "some'x'                         ~ W<some> L<'x'>",
                "B'01' X'1f' N'n'                ~ W<B> L<'01'> W<X> L<'1f'> W<N> L<'n'>",
                "U&'\\0061' x                    ~ W<U> O<&> L<'\\0061'> W<x>",
                "U&\"a\\\" x                     ~ W<U> O<&> O<\"a\\\"> W<x>",
                "\"a b\"                         ~ O<\"a b\">",
                "\"a\"\"b\"                      ~ O<\"a\"\"b\">",
                "\"'\"                           ~ O<\"'\">",
                "$1 $23                          ~ N<$1> N<$23>",
                "$$a'b$$ x                       ~ L<$$a'b$$> W<x>",
                "$t$a$$b$t$ x                    ~ L<$t$a$$b$t$> W<x>",
                "$t1$a$t$b$t1$                   ~ L<$t1$a$t$b$t1$>",
                "$t$a                            ~ L<$t$a>",
                "a$b$c                           ~ W<a$b$c>",
                "$1$x$                           ~ N<$1> L<$x$>",
                "-- a;b                          ~ ``",
                "`-- a\nb`                       ~ W<b>",
                "`-- a\rb`                       ~ W<b>",
                "/* a */ b                       ~ W<b>",
                "/* a /* b */ c */ d             ~ W<d>",
                "/* a /* b */ c                  ~ ``",
                "/*/ a */ b                      ~ W<b>",
                "a--b                            ~ W<a>",
                "a/**/b                          ~ W<a> W<b>",
                "'--' '/*' x                     ~ L<'--'> L<'/*'> W<x>",
                "a::text                         ~ W<a> O<::> W<text>",
                "a := b                          ~ W<a> O<:=> W<b>",
                ":a :_b1 :\u00e9                 ~ P<:a> P<:_b1> P<:\u00e9>",
                ":a::int                         ~ P<:a> O<::> W<int>",
                ":1                              ~ O<:> O<1>",
                "a=:b                            ~ W<a> O<=> P<:b>",
                "(:a,:b)                         ~ O<(> P<:a> O<,> P<:b> O<)>",
                "a[1:n]                          ~ W<a> O<[> O<1> O<:> W<n> O<]>",
                "a[i:n]                          ~ W<a> O<[> W<i> O<:> W<n> O<]>",
                "a[f(1):n]                       ~ W<a> O<[> W<f> O<(> O<1> O<)> O<:> W<n> O<]>",
                "a[b[1]:n]                       ~ W<a> O<[> W<b> O<[> O<1> O<]> O<:> W<n> O<]>",
                "a[\"i\":n]                      ~ W<a> O<[> O<\"i\"> O<:> W<n> O<]>",
                "a[$1:n]                         ~ W<a> O<[> N<$1> O<:> W<n> O<]>",
                // Between a slice without a lower bound and an index that is a parameter the text alone cannot decide.
                "a[:n]                           ~ W<a> O<[> P<:n> O<]>",
                "a;b                             ~ W<a> S<;> W<b>",
                "';' \";\" $$;$$                 ~ L<';'> O<\";\"> L<$$;$$>",
                "'open                           ~ L<'open>",
                "E'open\\                        ~ L<E'open\\>",
                "\"open                          ~ O<\"open>",
                ":                               ~ O<:>",
                "$                               ~ O<$>",
                "E                               ~ W<E>",
                "`E'a'\n'b\\' :c' :d`            ~ `L<E'a'\n'b\\' :c'> P<:d>`",
                "`E'a' -- x\n 'b\\'' y`          ~ `L<E'a' -- x\n 'b\\''> W<y>`",
                "`E'a' 'b\\' :c`                 ~ `L<E'a'> L<'b\\'> P<:c>`",
                "`'a'\n'b\\' :c`                 ~ `L<'a'> L<'b\\'> P<:c>`",
            })
    void tokens(String sql, String tokens) {
        assertEquals(tokens, show(sql, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "'a\\'b' c                       ~ L<'a\\'b'> W<c>",
                "'a\\\\' c                       ~ L<'a\\\\'> W<c>",
                "\"a\\\" c                       ~ O<\"a\\\"> W<c>",
                "$$\\$$ c                        ~ L<$$\\$$> W<c>",
            })
    void withoutStandardConformingStringsABackslashEscapesInEveryString(String sql, String tokens) {
        assertEquals(tokens, show(sql, true));
    }

    @Test
    void anyTextIsWalkedToItsEndAndEachTokenLiesBehindTheOneBefore() {
        Seed seed = Seed.take();
        Random random = seed.random();
        String alphabet = "aE1_$$::''\"\"\\--/*/* ;=\n[]()&U\u00e9";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder sql = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                sql.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            SqlScanner scanner = new SqlScanner(sql.toString(), random.nextBoolean());
            int end = 0;
            while (scanner.next() != SqlScanner.Token.END) {
                String where = seed + ": " + sql;
                assertTrue(scanner.start() >= end && scanner.end() > scanner.start(), where);
                assertTrue(scanner.end() <= sql.length(), where);
                end = scanner.end();
            }
        }
    }

    private static String show(String sql, boolean backslashEscapes) {
        SqlScanner scanner = new SqlScanner(sql, backslashEscapes);
        List<String> tokens = new ArrayList<>();
        for (SqlScanner.Token token = scanner.next(); token != SqlScanner.Token.END; token = scanner.next()) {
            char kind =
                    switch (token) {
                        case WORD -> 'W';
                        case NAMED_PARAMETER -> 'P';
                        case NUMBERED_PARAMETER -> 'N';
                        case SEMICOLON -> 'S';
                        case LITERAL -> 'L';
                        case OTHER -> 'O';
                        case END -> throw new AssertionError();
                    };
            tokens.add(kind + "<" + sql.substring(scanner.start(), scanner.end()) + ">");
        }
        return String.join(" ", tokens);
    }
}
