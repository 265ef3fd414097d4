package dev.pgwire.protocol.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT 0 1",
                "INSERT 0 2",
                "INSERT 1 1",
                "INSERT 0 10",
                "SELECT 1",
                "SELECT 0",
                "SELECT 2",
                "SELECT 01",
                "UPDATE 1",
                "DELETE 0",
                "DELETE A",
                "MERGES 1",
                ""
            })
    void theTagIsReadAsItWasWrittenWhetherItIsUsualOrNot(String tag) {
        ByteBuf message = Unpooled.buffer();
        new CommandComplete(tag).encode(message);
        message.skipBytes(5);
        CommandComplete read = CommandComplete.read(message);
        assertEquals(new CommandComplete(tag), read);
        assertEquals(new CommandComplete(tag).rows(), read.rows());
        assertFalse(message.isReadable());
    }

    @Test
    void aUsualTagIsMadeOnce() {
        ByteBuf body = Unpooled.copiedBuffer("INSERT 0 1\0INSERT 0 1\0", StandardCharsets.US_ASCII);
        assertSame(CommandComplete.read(body.readSlice(11)), CommandComplete.read(body.readSlice(11)));
    }
}
