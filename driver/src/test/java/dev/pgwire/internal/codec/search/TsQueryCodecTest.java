package dev.pgwire.internal.codec.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.registry.GrowingWriter;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.TsQuery;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsQueryCodecTest {
    private static final TsQueryCodec CODEC = TsQueryCodec.INSTANCE;
    private static final TsQuery A = TsQuery.lexeme("a");
    private static final TsQuery B = TsQuery.lexeme("b");
    private static final TsQuery C = TsQuery.lexeme("c");

    @Test
    void aChainOfOperandsIsFlatHoweverItCame() {
        TsQuery flat = new TsQuery.And(List.of(A, B, C));
        assertEquals(flat, A.and(B).and(C));
        assertEquals(flat, A.and(B.and(C)));
        // a & (b & c), as the server writes it.
        String right = "00000005" + "0202" + "0202" + "0100006300" + "0100006200" + "0100006100";
        assertEquals(flat, binary(HexFormat.of().parseHex(right)));
        assertNotEquals(flat, A.or(B).or(C));
    }

    @Test
    void aPhraseToTheRightOfAnotherStaysThere() {
        assertEquals("'a' <-> 'b' <-> 'c'", A.followedBy(B).followedBy(C).toString());
        assertEquals("'a' <-> ( 'b' <-> 'c' )", A.followedBy(B.followedBy(C)).toString());
        assertNotEquals(A.followedBy(B).followedBy(C), A.followedBy(B.followedBy(C)));
        assertNotEquals(A.followedBy(B), new TsQuery.Phrase(A, 2, B));
        assertNotEquals(A.followedBy(B), A);
        assertNotEquals(A.followedBy(B), C.followedBy(A).followedBy(B));
    }

    @Test
    void anEmptyQueryStandsAlone() {
        assertThrows(IllegalArgumentException.class, () -> TsQuery.empty().not());
        assertThrows(IllegalArgumentException.class, () -> A.and(TsQuery.empty()));
        assertThrows(IllegalArgumentException.class, () -> TsQuery.empty().or(A));
        assertThrows(IllegalArgumentException.class, () -> A.followedBy(TsQuery.empty()));
        assertThrows(IllegalArgumentException.class, () -> new TsQuery.And(List.of(A)));
        assertThrows(IllegalArgumentException.class, () -> new TsQuery.Phrase(A, 16385, B));
        assertThrows(IllegalArgumentException.class, () -> TsQuery.lexeme(""));
        assertThrows(IllegalArgumentException.class, () -> TsQuery.lexeme("é".repeat(1024)));
    }

    @Test
    void anEmptyQueryIsSentAsTextSinceTheServerTakesNoBytesOfIt() {
        assertFalse(CODEC.accepts(TsQuery.empty()));
        assertEquals("", CODEC.literal(TsQuery.empty()));
        assertNull(CODEC.literal(A));
        assertTrue(CODEC.accepts(A));
    }

    @Test
    void longChainsAreNotDeep() {
        TsQuery phrase = A;
        TsQuery and = A;
        for (int i = 1; i < 3_000; i++) {
            phrase = phrase.followedBy(B);
            and = and.and(B);
        }
        for (TsQuery query : List.of(phrase, and)) {
            assertEquals(query, text(query.toString()));
            assertEquals(query, binary(GrowingWriter.encoded(CODEC, query)));
            assertEquals(query.hashCode(), text(query.toString()).hashCode());
        }
    }

    /** A thread of a small stack is what a program may have. */
    @Test
    void theDeepestQueriesCanBeUsedAndDeeperOnesAreRefused() throws InterruptedException {
        List<Throwable> failures = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> {
                    check(query -> query.not());
                    check(query -> query.followedBy(A).not());
                    check(query -> A.followedBy(query));
                    check(query -> query.and(B).or(C));
                },
                "deep",
                1 << 20);
        thread.setUncaughtExceptionHandler((ignored, failure) -> failures.add(failure));
        thread.start();
        thread.join();
        assertEquals(List.of(), failures);
    }

    private static void check(UnaryOperator<TsQuery> below) {
        TsQuery query = A;
        TsQuery last = A;
        try {
            while (true) {
                CODEC.encode(query, new FieldBuffer());
                last = query;
                query = below.apply(query);
            }
        } catch (DataException e) {
            TsQuery same = binary(GrowingWriter.encoded(CODEC, last));
            assertEquals(last, same);
            assertEquals(last.hashCode(), same.hashCode());
            assertEquals(last, text(last.toString()));
            String deeper = query.toString();
            assertThrows(DataException.class, () -> text(deeper));
        }
    }

    @Test
    void bytesOfAnyDepthAreRefusedWithoutDescending() {
        int count = 1_000_000;
        byte[] nots = new byte[4 + 2 * count + 5];
        for (int i = 0; i < count; i++) {
            nots[4 + 2 * i] = 2;
            nots[5 + 2 * i] = 1;
        }
        byte[] end = {1, 0, 0, 'a', 0};
        System.arraycopy(end, 0, nots, nots.length - end.length, end.length);
        ByteBuffer.wrap(nots).putInt(count + 1);
        assertThrows(DataException.class, () -> binary(nots));
        assertThrows(DataException.class, () -> text("!".repeat(count) + "'a'"));
        assertEquals(A, text("( ".repeat(count) + "'a'" + " )".repeat(count)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "a",
                "'a",
                "''",
                "'a' ",
                "'a' &",
                "'a' & ",
                "'a'&'b'",
                "'a' 'b'",
                "( 'a'",
                "'a' )",
                "( 'a' ) )",
                "!",
                "'a':",
                "'a':E",
                "'a':A*",
                "'a' <16385> 'b'",
                "'a' <> 'b'",
                "'a' <-1> 'b'",
                "'\\a'",
                "( )"
            })
    void whatIsNoQueryIsRefused(String text) {
        assertThrows(DataException.class, () -> text(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000001",
                "00000001" + "0201",
                "ffffffff",
                "7fffffff" + "0100006100",
                "00000000" + "00",
                "00000001" + "01000061",
                "00000001" + "0100006100" + "00",
                "00000001" + "0110006100",
                "00000001" + "0100026100",
                "00000001" + "01000000",
                "00000002" + "0100006100" + "0100006100",
                "00000002" + "0202" + "0100006100",
                "00000002" + "0205" + "0100006100",
                "00000002" + "0301" + "0100006100",
                "00000003" + "0204ffff" + "0100006100" + "0100006100",
                "00000003" + "0204"
            })
    void bytesThatAreNoQueryAreRefused(String hex) {
        assertThrows(DataException.class, () -> binary(HexFormat.of().parseHex(hex)));
    }

    private static TsQuery binary(byte[] bytes) {
        return GrowingWriter.decoded(CODEC, bytes, Format.BINARY);
    }

    private static TsQuery text(String text) {
        return GrowingWriter.decoded(CODEC, text.getBytes(StandardCharsets.UTF_8), Format.TEXT);
    }
}
