package dev.pgwire.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DsnTest {
    @Test
    void laterKeywordWins() {
        assertEquals("b", Dsn.parse("dbname=a user = u dbname=b").get("dbname"));
    }

    @Test
    void quotedValuesKeepBlanksAndQuotes() {
        Dsn dsn = Dsn.parse("user='an \\'other' password=a\\ b dbname=''");

        assertEquals("an 'other", dsn.get("user"));
        assertEquals("a b", dsn.get("password"));
        assertEquals("user='an \\'other' password='a b' dbname=''", dsn.toString());
    }

    @Test
    void uriBecomesKeywords() {
        assertEquals(
                "host=db port=5433 user=me password='s c' dbname=shop sslmode=require",
                Dsn.parse("postgresql://me:s%20c@db:5433/shop?sslmode=require").toString());
    }

    @Test
    void whatIsMissingIsTheUsual() {
        Dsn dsn = Dsn.parse("user=cenrax");

        assertEquals("localhost", dsn.get("host"));
        assertEquals("5432", dsn.get("port"));
        assertEquals("cenrax", dsn.get("dbname"));
    }

    @Test
    void nonsenseSaysWhereItBegins() {
        String message = assertThrows(IllegalArgumentException.class, () -> Dsn.parse("host=a and so on"))
                .getMessage();

        assertTrue(message.contains("character 7"), message);
    }
}
