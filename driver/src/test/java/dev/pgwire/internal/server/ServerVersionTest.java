package dev.pgwire.internal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionTest {
    @ParameterizedTest
    @CsvSource({
        "18.6, 180006",
        "18.6 (Debian 18.6-1.pgdg12+1), 180006",
        "10.23, 100023",
        "9.6.24, 90624",
        "9.6, 90600",
        "8.0.2, 80002",
        "18beta1, 180000",
        "19devel, 190000",
        "PostgreSQL, 0",
        "'', 0",
    })
    void theNumberIsThatOfLibpq(String text, int number) {
        assertEquals(number, ServerVersion.number(text));
    }
}
