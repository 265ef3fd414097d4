package dev.pgwire.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.FunctionCallResponse;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.CopyData;
import dev.pgwire.protocol.frontend.FunctionCall;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {
    private static final byte[] FOUR = {0, 0, 0, 42};

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void textIsShownInQuotesAndOtherBytesInHexadecimal() {
        assertEquals("'Zoë'", Excerpt.of(bytes("Zoë")));
        assertEquals("''", Excerpt.of(new byte[0]));
        assertEquals("'1\\ta\\\\b\\'c\\r\\n'", Excerpt.of(bytes("1\ta\\b'c\r\n")));
        assertEquals("\\x0000002a", Excerpt.of(FOUR));
        assertEquals("\\x41c3", Excerpt.of(new byte[] {'A', (byte) 0xC3}));
        assertEquals("\\x417f", Excerpt.of(new byte[] {'A', 127}));
        assertEquals("NULL", Excerpt.of((byte[]) null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ë", "€", "😀"})
    void ofALongTextItsWholeCharactersAreShown(String character) {
        for (int before = 0; before < 4; before++) {
            byte[] text = bytes("a".repeat(before) + character.repeat(100));
            int characters = (Excerpt.MOST_BYTES - before) / bytes(character).length;
            assertEquals(
                    "'" + "a".repeat(before) + character.repeat(characters) + "'... " + text.length + " bytes",
                    Excerpt.of(text));
        }
    }

    @Test
    void ofOtherBytesTheBeginningIsShown() {
        byte[] long200 = new byte[200];
        assertEquals("\\x" + "00".repeat(Excerpt.MOST_BYTES) + "... 200 bytes", Excerpt.of(long200));
    }

    @Test
    void ofAListTheFirstValuesAreShown() {
        assertEquals("['a', NULL, \\x0000002a]", Excerpt.of(Arrays.asList(bytes("a"), null, FOUR)));
        String shown = Excerpt.of(Collections.nCopies(100, bytes("a")));
        assertTrue(shown.endsWith("'a', ... 100 values]"), shown);
    }

    @Test
    void ofALongStatementTheBeginningIsShown() {
        String sql = "SELECT '" + "😀".repeat(1_000) + "'";
        String shown = Excerpt.of(sql);
        assertTrue(shown.endsWith("😀... " + sql.length() + " characters"), shown);
        assertTrue(new Query(sql).toString().length() < 1_100);
        assertTrue(new Parse("", sql, new int[0]).toString().length() < 1_100);
    }

    @Test
    void aStatementIsShownInOneLine() {
        assertEquals("Query[sql=SELECT\\n\\t1 -- \\r\\n ]", new Query("SELECT\n\t1 -- \r\n\u001b").toString());
    }

    @Test
    void ofManyFormatsAndTypesTheFirstAreShown() {
        List<Format> formats = Collections.nCopies(65_535, Format.BINARY);
        List<byte[]> values = Collections.nCopies(65_535, FOUR);
        assertTrue(new Bind("", "", formats, values, formats).toString().length() < 1_000);
        assertTrue(new FunctionCall(1, formats, values, Format.TEXT).toString().length() < 1_000);
        assertTrue(new Parse("", "", new int[65_535]).toString().length() < 1_000);
        assertTrue(new ParameterDescription(new int[65_535]).toString().length() < 1_000);
    }

    @Test
    void messagesShowWhatTheyCarry() {
        assertEquals(
                "Bind[portal=, statement=s, parameterFormats=[BINARY, TEXT], values=[\\x0000002a, 'a'], resultFormats=[]]",
                new Bind("", "s", List.of(Format.BINARY, Format.TEXT), List.of(FOUR, bytes("a")), List.of())
                        .toString());
        assertEquals("CopyData['1\\tx\\n']", new CopyData(bytes("1\tx\n")).toString());
        assertEquals("CopyData['1\\tx\\n']", new dev.pgwire.protocol.backend.CopyData(bytes("1\tx\n")).toString());
        assertEquals(
                "FunctionCall[functionOid=1, argumentFormats=[], arguments=[NULL], resultFormat=TEXT]",
                new FunctionCall(1, List.of(), Collections.singletonList(null), Format.TEXT).toString());
        assertEquals("FunctionCallResponse['a']", new FunctionCallResponse(bytes("a")).toString());
        assertEquals("UnknownMessage['~', 'body']", new UnknownMessage((byte) '~', bytes("body")).toString());
        assertEquals(
                "DataRow['a', NULL, \\x0000002a]",
                DataRow.of(Arrays.asList(bytes("a"), null, FOUR)).toString());
        assertEquals("DataRow[]", DataRow.of(List.of()).toString());
        String wide = DataRow.of(Collections.nCopies(1_000, bytes("a"))).toString();
        assertTrue(wide.endsWith("'a', ... 1000 values]"), wide);
    }

    @Test
    void whatIsNoRowShowsItsBytes() {
        for (byte[] body : List.of(
                new byte[0],
                new byte[] {0},
                new byte[] {0, 1},
                new byte[] {0, 1, 0, 0, 0, 9},
                new byte[] {0, 1, -1, -1, -1, -2},
                new byte[] {0, 1, 127, -1, -1, -1},
                new byte[] {0, 0, 7},
                new byte[] {0, 2, -1, -1, -1, -1})) {
            assertEquals(
                    "DataRow[" + Excerpt.of(body) + ", which is no row]",
                    new DataRow()
                            .window(Unpooled.wrappedBuffer(body), 0, body.length)
                            .toString());
        }
    }
}
