package dev.pgwire.protocol.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandCompleteTest {
    @ParameterizedTest
    @CsvSource({
        "INSERT 0 5, 5",
        "INSERT 12345 1, 1",
        "SELECT 0, 0",
        "UPDATE 3, 3",
        "COPY 9223372036854775807, 9223372036854775807",
        "COPY 9223372036854775808, -1",
        "MERGE 17, 17",
        "BEGIN, -1",
        "CREATE TABLE, -1",
        "DECLARE CURSOR, -1",
        "'', -1",
        "'SELECT ', -1",
        "SELECT -1, -1",
        "12, -1",
        "SELECT 1x, -1",
        "SELECT ٣, -1"
    })
    void theRowsAreTheLastNumberOfTheTag(String tag, long rows) {
        assertEquals(rows, new CommandComplete(tag).rows());
    }
}
