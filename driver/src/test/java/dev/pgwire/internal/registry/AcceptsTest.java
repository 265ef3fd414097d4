package dev.pgwire.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.bits.BoolCodec;
import dev.pgwire.internal.codec.bits.ByteaCodec;
import dev.pgwire.internal.codec.bits.UuidCodec;
import dev.pgwire.internal.codec.number.Float4Codec;
import dev.pgwire.internal.codec.number.Float8Codec;
import dev.pgwire.internal.codec.number.Int2Codec;
import dev.pgwire.internal.codec.number.Int4Codec;
import dev.pgwire.internal.codec.number.Int8Codec;
import dev.pgwire.internal.codec.number.OidCodec;
import dev.pgwire.internal.codec.text.CharCodec;
import dev.pgwire.internal.codec.text.JsonCodec;
import dev.pgwire.internal.codec.text.JsonbCodec;
import dev.pgwire.internal.codec.text.TextCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.testing.Seed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be written, at the edges. */
class AcceptsTest {
    private enum Color {
        RED {
            @Override
            public String toString() {
                return "rouge";
            }
        }
    }

    @Test
    void wholeNumbersOfEveryClassAreAcceptedInTheRange() {
        for (Object value : new Object[] {
            (byte) 1,
            (short) 1,
            1,
            1L,
            BigInteger.ONE,
            BigDecimal.ONE,
            new BigDecimal("1.000"),
            1.0,
            1f,
            new BigDecimal("1E+3"),
            -0.0,
            BigDecimal.ZERO,
            new BigDecimal("0E-1000000000")
        }) {
            for (FieldCodec<?> codec :
                    List.of(Int2Codec.INSTANCE, Int4Codec.INSTANCE, Int8Codec.INSTANCE, OidCodec.INSTANCE)) {
                assertTrue(codec.accepts(value), codec + " " + value);
            }
        }
        assertEquals("03e8", hex(Int2Codec.INSTANCE, new BigDecimal("1E+3")));
        assertEquals("0000000000000001", hex(Int8Codec.INSTANCE, new BigDecimal("1.000")));
        assertEquals("ffffffff", hex(OidCodec.INSTANCE, 4294967295L));
    }

    @Test
    void wholeNumbersOutOfRangeAreNot() {
        refuses(Int2Codec.INSTANCE, 32768, -32769, 70000L, new BigDecimal("32768"));
        refuses(Int4Codec.INSTANCE, 2147483648L, -2147483649L, 2147483648.0, BigInteger.ONE.shiftLeft(31));
        refuses(
                Int8Codec.INSTANCE,
                BigInteger.ONE.shiftLeft(63),
                BigInteger.ONE.shiftLeft(63).negate().subtract(BigInteger.ONE),
                0x1p63,
                -0x1.0000000000001p63,
                new BigDecimal("9223372036854775808"),
                new BigDecimal("1E+1000000000"),
                new BigDecimal("1E-1000000000"),
                new BigDecimal("0.5"),
                0.5,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                "1",
                true,
                'x');
        refuses(OidCodec.INSTANCE, -1, 4294967296L, "1");
        assertTrue(Int8Codec.INSTANCE.accepts(-0x1p63));
        assertEquals("8000000000000000", hex(Int8Codec.INSTANCE, -0x1p63));
        assertTrue(Int8Codec.INSTANCE.accepts(new BigDecimal("-9223372036854775808.0")));
        assertEquals("8000000000000000", hex(Int8Codec.INSTANCE, new BigDecimal("-9223372036854775808.0")));
    }

    @Test
    void realTakesWhatItCanHold() {
        Float4Codec codec = Float4Codec.INSTANCE;
        for (Object value : new Object[] {
            0.1f,
            0.1,
            Float.NaN,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            3.4028235e38,
            16777216,
            16777216L,
            -1,
            0.0,
            (short) 7,
            Long.MIN_VALUE,
            BigInteger.TWO.pow(60),
            1e-45
        }) {
            assertTrue(codec.accepts(value), value::toString);
        }
        refuses(codec, 3.5e38, 1e-60, 16777217, Long.MAX_VALUE, new BigDecimal("0.1"), "0.1", BigInteger.TEN.pow(30));
        assertEquals("3dcccccd", hex(codec, 0.1));
        assertEquals("4b800000", hex(codec, 16777216));
    }

    @Test
    void doubleTakesEveryNumberInItsRange() {
        Float8Codec codec = Float8Codec.INSTANCE;
        for (Object value :
                new Object[] {0.1f, 0.1, Double.NaN, Long.MAX_VALUE, BigInteger.TEN.pow(308), BigDecimal.ONE}) {
            assertTrue(codec.accepts(value), value::toString);
        }
        refuses(codec, BigInteger.TEN.pow(309), new BigDecimal("1E+400"), "0.1", true);
        assertEquals("3fb999999999999a", hex(codec, new BigDecimal("0.1")));
    }

    @Test
    void textTakesWhatIsText() {
        for (FieldCodec<?> codec :
                List.of(TextCodec.TEXT, TextCodec.VARCHAR, TextCodec.BPCHAR, TextCodec.NAME, TextCodec.UNKNOWN)) {
            assertEquals("6162", hex(codec, new StringBuilder("ab")));
            assertEquals("e697a5", hex(codec, '日'));
            assertEquals("524544", hex(codec, Color.RED));
            refuses(codec, 1, true, new char[0]);
        }
    }

    @Test
    void whatUtf8CannotSayIsRefusedWithItsIndex() {
        for (FieldCodec<?> codec : List.of(TextCodec.TEXT, JsonCodec.INSTANCE, JsonbCodec.INSTANCE)) {
            for (String bad : new String[] {"ab\0", "ab\uD83D", "ab\uDC18", "ab\uD83Dx", "ab\uDC18\uD83D"}) {
                DataException error = assertThrows(DataException.class, () -> GrowingWriter.encoded(codec, bad));
                assertTrue(error.getMessage().contains("index 2"), error.getMessage());
                assertEquals("22021", error.sqlState());
            }
        }
        assertThrows(DataException.class, () -> GrowingWriter.encoded(TextCodec.TEXT, '\0'));
    }

    @Test
    void singleByteCharactersAreOneByte() {
        CharCodec codec = CharCodec.INSTANCE;
        assertEquals("61", hex(codec, 'a'));
        assertEquals("ff", hex(codec, "\u00ff"));
        assertEquals("00", hex(codec, ""));
        refuses(codec, "ab", "\u0100", '\0', "\0", 97);
    }

    @Test
    void bytesComeAsArrayOrBuffer() {
        ByteBuffer heap = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2);
        ByteBuffer direct = ByteBuffer.allocateDirect(4).put(heap.duplicate()).flip();
        for (Object value : new Object[] {new byte[] {1, 2}, heap, heap.slice(), direct, heap.asReadOnlyBuffer()}) {
            assertTrue(ByteaCodec.INSTANCE.accepts(value));
            assertEquals("0102", hex(ByteaCodec.INSTANCE, value));
        }
        assertEquals(2, heap.remaining());
        assertEquals(2, direct.remaining());
        refuses(ByteaCodec.INSTANCE, "\\x00", new int[0]);
    }

    @Test
    void aStringIsNotAcceptedByATypeThatIsNotText() {
        TypeRegistry registry = TypeRegistry.builtin();
        for (int oid : new int[] {16, 17, 20, 21, 23, 26, 700, 701, 1082, 1083, 1114, 1184, 1700, 2950}) {
            FieldCodec<?> codec = registry.codec(oid);
            assertTrue(codec != null && !codec.accepts("1"), () -> "oid " + oid);
        }
        refuses(UuidCodec.INSTANCE, new UUID(1, 2).toString());
        refuses(BoolCodec.INSTANCE, 1, "true");
    }

    @ParameterizedTest
    @MethodSource("dev.pgwire.internal.registry.Samples#all")
    void whatIsAcceptedCanBeWritten(Samples.Sample<?> sample) {
        SplittableRandom random = Seed.take(sample).splittableRandom();
        for (Samples.Sample<?> other : Samples.all().toList()) {
            for (Object value : Samples.several(other, random, 20)) {
                if (sample.codec().accepts(value)) {
                    byte[] written = GrowingWriter.encoded(sample.codec(), value);
                    sample.codec().generic(written, 0, written.length, Format.BINARY);
                }
            }
        }
        assertFalse(sample.codec().expected().isEmpty());
        assertFalse(sample.codec().accepts(new Object()));
    }

    private static void refuses(FieldCodec<?> codec, Object... values) {
        for (Object value : values) {
            assertFalse(codec.accepts(value), () -> codec + " accepts " + value);
        }
    }

    private static String hex(FieldCodec<?> codec, Object value) {
        assertTrue(codec.accepts(value), () -> codec + " does not accept " + value);
        return HexFormat.of().formatHex(GrowingWriter.encoded(codec, value));
    }
}
