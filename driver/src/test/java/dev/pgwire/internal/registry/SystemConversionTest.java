package dev.pgwire.internal.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.bits.BitCodec;
import dev.pgwire.internal.codec.number.MoneyCodec;
import dev.pgwire.internal.codec.system.RegCodec;
import dev.pgwire.internal.codec.system.SnapshotCodec;
import dev.pgwire.internal.codec.system.Xid8Codec;
import dev.pgwire.internal.codec.text.VoidCodec;
import dev.pgwire.internal.codec.text.XmlCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.BitString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What money, bits, vectors and the types of the server itself take and become. */
class SystemConversionTest {
    @Test
    void moneyIsWrittenIfNothingIsLost() {
        MoneyCodec codec = MoneyCodec.INSTANCE;
        assertEquals("00000000000004ce", hex(codec, new BigDecimal("12.300")));
        assertEquals("00000000000004b0", hex(codec, 12));
        assertEquals("00000000000004b0", hex(codec, BigInteger.valueOf(12)));
        assertEquals("0000000000000000", hex(codec, new BigDecimal("0E-2147483647")));
        assertEquals("0000000000000000", hex(codec, new BigDecimal("0E+2147483647")));
        assertEquals("$0.00", codec.format(new BigDecimal("0E+2147483647")));
        for (Object value : List.of(
                new BigDecimal("0.001"),
                new BigDecimal("92233720368547758.08"),
                new BigDecimal("1E+2147483647"),
                new BigDecimal("1E-2147483647"),
                Long.MAX_VALUE,
                BigInteger.TEN.pow(30),
                0.5,
                "1")) {
            assertFalse(codec.accepts(value), value::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "1.00",
                "$1",
                "$1.0",
                "$1.000",
                "$,123.00",
                "$1,23.00",
                "$1,234,5.00",
                "($1.00)",
                "$1234.00",
                "1.234,50 €",
                "$92,233,720,368,547,758.08",
                "$.00",
                "--$1.00",
                "$-1.00"
            })
    void anotherMoneyIsRefusedWithTheNameOfTheSetting(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        DataException error =
                assertThrows(DataException.class, () -> MoneyCodec.INSTANCE.decodeText(bytes, 0, bytes.length));
        assertEquals("22P02", error.sqlState());
        assertTrue(text.endsWith(".08") || error.getMessage().contains("lc_monetary"), error.getMessage());
    }

    @Test
    void bitsHaveTheirRelatives() {
        BitSet first = new BitSet();
        first.set(0);
        assertEquals(first, BitCodec.VARBIT.convert(BitString.of("100"), BitSet.class));
        assertEquals(true, BitCodec.BIT.convert(BitString.of("1"), boolean.class));
        assertThrows(DataException.class, () -> BitCodec.BIT.convert(BitString.of("10"), boolean.class));
        assertEquals("0000000180", hex(BitCodec.BIT, true));
        assertFalse(BitCodec.BIT.accepts("1"));
    }

    @Test
    void vectorsAreListsAndArrays() {
        FieldCodec<?> shorts = codec(22);
        byte[] text = "1 -2".getBytes(StandardCharsets.US_ASCII);
        assertArrayEquals(new short[] {1, -2}, shorts.decodeAs(text, 0, 4, Format.TEXT, short[].class));
        assertArrayEquals(new int[] {1, -2}, shorts.decodeAs(text, 0, 4, Format.TEXT, int[].class));
        assertArrayEquals(new Long[] {1L, -2L}, shorts.decodeAs(text, 0, 4, Format.TEXT, Long[].class));
        assertThrows(DataException.class, () -> shorts.decodeAs(text, 0, 4, Format.TEXT, boolean[].class));
        assertEquals(hex(shorts, List.of(1, 2)), hex(shorts, new int[] {1, 2}));
        assertFalse(shorts.accepts(List.of(70_000)));
        assertFalse(shorts.accepts(new Short[1]));
    }

    /** The server reads no empty one in binary, but sends it. */
    @Test
    void anEmptyVectorGoesAsText() {
        FieldCodec<?> longs = codec(30);
        assertFalse(longs.accepts(List.of()));
        assertEquals("", longs.literal(List.of()));
        assertNull(longs.literal(List.of("a")));
        byte[] sent = HexFormat.of().parseHex("00000001000000000000001a0000000000000000");
        assertEquals(List.of(), longs.decodeBinary(sent, 0, sent.length));
        assertEquals(List.of(), longs.decodeText(sent, 0, 0));
        FieldCodec<?> vectors = codec(1013);
        assertFalse(vectors.accepts(List.of(List.of())));
        assertEquals("{\"\"}", vectors.literal(List.of(List.of())));
        assertEquals("{\"1 2\",\"\"}", vectors.literal(List.of(List.of(1, 2), List.of())));
        assertTrue(vectors.accepts(List.of(List.of(1), new long[] {2})));
        assertTrue(vectors.accepts(List.of(List.of(List.of(1)), List.of(List.of(2)))));
    }

    @Test
    void transactionsBeyondLongAreBigIntegers() {
        byte[] most = HexFormat.of().parseHex("ffffffffffffffff");
        BigInteger value = new BigInteger("18446744073709551615");
        Xid8Codec codec = Xid8Codec.INSTANCE;
        assertEquals(value, codec.decodeAs(most, 0, 8, Format.BINARY, BigInteger.class));
        assertEquals(value.toString(), codec.textOf(most, 0, 8, Format.BINARY));
        byte[] text = value.toString().getBytes(StandardCharsets.US_ASCII);
        assertEquals(value, codec.decodeAs(text, 0, text.length, Format.TEXT, BigInteger.class));
        assertEquals("ffffffffffffffff", hex(codec, value));
        DataException error = assertThrows(DataException.class, () -> codec.decodeBinary(most, 0, 8));
        assertTrue(error.getMessage().contains("BigInteger"), error.getMessage());
        assertFalse(codec.accepts(value.add(BigInteger.ONE)));
        assertFalse(codec.accepts(-1));
    }

    @Test
    void aSnapshotBeyondLongIsTextOnly() {
        byte[] bytes = HexFormat.of().parseHex("000000008000000000000000ffffffffffffffff");
        assertThrows(DataException.class, () -> SnapshotCodec.SNAPSHOT.decodeBinary(bytes, 0, bytes.length));
        assertEquals(
                "9223372036854775808:18446744073709551615:",
                SnapshotCodec.SNAPSHOT.textOf(bytes, 0, bytes.length, Format.BINARY));
    }

    @Test
    void anObjectIsGivenByNameOrOid() {
        RegCodec codec = RegCodec.REGCLASS;
        assertEquals(Format.TEXT, codec.wanted());
        assertEquals("000004eb", hex(codec, 1259));
        assertEquals("000004eb", hex(codec, "1259"));
        assertEquals("00000000", hex(codec, "-"));
        for (Object value : List.of("pg_class", "", "4294967296", "12a", "١", -1)) {
            assertFalse(codec.accepts(value), value::toString);
        }
        assertEquals("pg_class", codec.literal("pg_class"));
        assertEquals("{pg_class,1259}", codec(2210).literal(List.of("pg_class", 1259)));
    }

    @Test
    void xmlOfAnotherEncodingGoesAsText() {
        XmlCodec codec = XmlCodec.INSTANCE;
        assertTrue(codec.accepts("<?xml version='1.0' encoding='utf-8'?><a/>"));
        assertTrue(codec.accepts("<?xml version=\"1.1\" standalone=\"yes\"?><a encoding='x'/>"));
        assertFalse(codec.accepts("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>"));
        assertEquals("<?xml encoding='x'?>", codec.literal("<?xml encoding='x'?>"));
    }

    @Test
    void voidIsEmpty() {
        assertFalse(VoidCodec.INSTANCE.accepts("x"));
        assertThrows(DataException.class, () -> VoidCodec.INSTANCE.format("x"));
        assertThrows(DataException.class, () -> VoidCodec.INSTANCE.decodeText(new byte[1], 0, 1));
    }

    private static FieldCodec<?> codec(int oid) {
        return Objects.requireNonNull(TypeRegistry.builtin().codec(oid));
    }

    private static String hex(FieldCodec<?> codec, Object value) {
        assertTrue(codec.accepts(value), () -> codec + " does not accept " + value);
        return HexFormat.of().formatHex(GrowingWriter.encoded(codec, value));
    }
}
