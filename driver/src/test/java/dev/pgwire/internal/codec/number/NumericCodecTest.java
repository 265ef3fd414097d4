package dev.pgwire.internal.codec.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.registry.GrowingWriter;
import dev.pgwire.internal.registry.Samples;
import dev.pgwire.protocol.Format;
import dev.pgwire.testing.Seed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericCodecTest {
    private static final NumericCodec CODEC = NumericCodec.INSTANCE;

    @ParameterizedTest
    @CsvSource({"00000000c0000000, NaN", "00000000d0000020, Infinity", "00000000f0000020, -Infinity"})
    void nanAndInfinityAreDoublesAndTextButNoBigDecimal(String binary, String text) {
        byte[] bytes = HexFormat.of().parseHex(binary);
        byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);
        double value = Double.parseDouble(text);
        for (Format format : Format.values()) {
            byte[] source = format == Format.BINARY ? bytes : textBytes;
            DataException error = assertThrows(DataException.class, () -> GrowingWriter.decoded(CODEC, source, format));
            assertTrue(error.getMessage().contains("getDouble"), error.getMessage());
            assertEquals(value, CODEC.generic(source, 0, source.length, format));
            assertEquals(value, CODEC.decodeAs(source, 0, source.length, format, Object.class));
            assertEquals(value, CODEC.decodeAs(source, 0, source.length, format, Double.class));
            assertEquals((float) value, CODEC.decodeAs(source, 0, source.length, format, float.class));
            assertEquals(text, CODEC.decodeAs(source, 0, source.length, format, String.class));
            assertEquals(text, CODEC.textOf(source, 0, source.length, format));
            assertThrows(DataException.class, () -> CODEC.decodeAs(source, 0, source.length, format, BigDecimal.class));
            assertThrows(DataException.class, () -> CODEC.decodeAs(source, 0, source.length, format, Long.class));
        }
        assertEquals(value, CODEC.binaryDouble(bytes, 0, 8));
        assertEquals(value, CODEC.textDouble(textBytes, 0, textBytes.length));
        byte[] written = GrowingWriter.encoded(CODEC, value);
        assertEquals(text, CODEC.textOf(written, 0, 8, Format.BINARY));
        assertEquals(text, CODEC.textOf(GrowingWriter.encoded(CODEC, (float) value), 0, 8, Format.BINARY));
    }

    @Test
    void everyNumberCanBeWritten() {
        assertEquals("42", written((byte) 42));
        assertEquals("-32768", written(Short.MIN_VALUE));
        assertEquals("2147483647", written(Integer.MAX_VALUE));
        assertEquals("-9223372036854775808", written(Long.MIN_VALUE));
        assertEquals("1" + "0".repeat(131071), written(BigInteger.TEN.pow(131071)));
        assertEquals("0.1", written(0.1f));
        assertEquals("0.1", written(0.1));
        assertEquals("100", written(100.0));
        assertEquals("1" + "0".repeat(300), written(1e300));
        assertEquals("0." + "0".repeat(323) + "5", written(Double.MIN_VALUE));
        assertEquals("120000", written(new BigDecimal("1.2E+5")));
        assertEquals("7", written(new AtomicLong(7)));
        assertEquals("0", written(new BigDecimal("0E+5")));
    }

    @Test
    void theLimitsOfTheServerHold() {
        assertTrue(CODEC.accepts(new BigDecimal("9".repeat(131072) + "." + "9".repeat(16383))));
        assertTrue(CODEC.accepts(new BigDecimal("9E+131071")));
        assertFalse(CODEC.accepts(new BigDecimal("1E+131072")));
        assertFalse(CODEC.accepts(new BigDecimal("1E+1000000000")));
        assertFalse(CODEC.accepts(new BigDecimal("1E-16384")));
        assertTrue(CODEC.accepts(new BigDecimal("1E-16383")));
        assertTrue(CODEC.accepts(new BigDecimal("0E+1000000000")));
        assertFalse(CODEC.accepts(new BigDecimal("0E-16384")));
        assertFalse(CODEC.accepts(BigInteger.TEN.pow(131072)));
        assertThrows(DataException.class, () -> CODEC.format(new BigDecimal("1E+1000000000")));
        byte[] tooLong = "9".repeat(131073).getBytes(StandardCharsets.UTF_8);
        assertThrows(DataException.class, () -> CODEC.decodeText(tooLong, 0, tooLong.length));
        byte[] tooFine = ("0." + "9".repeat(16384)).getBytes(StandardCharsets.UTF_8);
        assertThrows(DataException.class, () -> CODEC.decodeText(tooFine, 0, tooFine.length));
    }

    @Test
    void theLargestNumberComesAndGoesInGoodTime() {
        BigDecimal largest = new BigDecimal("-" + "1234567890123456".repeat(8192) + "." + "9".repeat(16383));
        assertTimeout(Duration.ofSeconds(5), () -> {
            byte[] binary = GrowingWriter.encoded(CODEC, largest);
            assertEquals(largest, GrowingWriter.decoded(CODEC, binary, Format.BINARY));
            String text = CODEC.format(largest);
            assertEquals(text, CODEC.textOf(binary, 0, binary.length, Format.BINARY));
            byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);
            assertEquals(largest, GrowingWriter.decoded(CODEC, textBytes, Format.TEXT));
            assertThrows(DataException.class, () -> CODEC.binaryDouble(binary, 0, binary.length));
            assertThrows(DataException.class, () -> CODEC.convert(largest, Long.class));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "00000000000000", // a header cut off
                "0001000000000000", // a group is missing
                "00000000000000000000", // a group too many
                "ffff000000000000", // a negative count
                "7fff000000000000", // a count beyond the bytes
                "00010000000000002710", // 10000
                "0001000000000000ffff", // -1
                "00010000100000000001", // an unknown sign
                "00010000000040000001", // scale 16384
                "0001000000008000ffff", // a negative scale
                "0001ffff000000030001", // digits beyond the scale, in the last group
                "00020000000000000001" + "0001", // digits beyond the scale, in a group of their own
                "000180000000000a0001" // weight -32768 and not zero
            })
    void whatIsNoNumericIsRefused(String binary) {
        byte[] bytes = HexFormat.of().parseHex(binary);
        assertThrows(DataException.class, () -> CODEC.decodeBinary(bytes, 0, bytes.length));
        assertThrows(DataException.class, () -> CODEC.textOf(bytes, 0, bytes.length, Format.BINARY));
        assertThrows(DataException.class, () -> CODEC.binaryDouble(bytes, 0, bytes.length));
        assertThrows(DataException.class, () -> CODEC.generic(bytes, 0, bytes.length, Format.BINARY));
    }

    @Test
    void leadingAndTrailingZeroGroupsAreAllowed() {
        byte[] bytes = HexFormat.of().parseHex("0004000100000002" + "0000" + "0007" + "0000" + "0000");
        assertEquals(new BigDecimal("7.00"), CODEC.decodeBinary(bytes, 0, bytes.length));
        byte[] zero = HexFormat.of().parseHex("000080000000000a");
        assertEquals(new BigDecimal("0.0000000000"), CODEC.decodeBinary(zero, 0, zero.length));
        byte[] wide = HexFormat.of().parseHex("00007fff00000000");
        assertEquals(BigDecimal.ZERO, CODEC.decodeBinary(wide, 0, wide.length));
        assertEquals("0", CODEC.textOf(wide, 0, wide.length, Format.BINARY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "1.", ".5", "1..2", "1.2.3", "+1", "1e5", " 1", "1 ", "--1", "nan", "inf", "٣"})
    void whatTheServerNeverPrintsIsRefused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThrows(DataException.class, () -> CODEC.decodeText(bytes, 0, bytes.length));
        assertThrows(DataException.class, () -> CODEC.textDouble(bytes, 0, bytes.length));
    }

    @Test
    void theDoubleOfANumericIsTheNearestOne() {
        SplittableRandom random = Seed.take().splittableRandom();
        for (int i = 0; i < 50_000; i++) {
            BigDecimal value = Samples.decimal(random);
            double expected = Double.parseDouble(value.toString());
            byte[] binary = GrowingWriter.encoded(CODEC, value);
            assertEquals(expected + 0.0, CODEC.binaryDouble(binary, 0, binary.length) + 0.0, value::toString);
            byte[] text = CODEC.format(value).getBytes(StandardCharsets.UTF_8);
            assertEquals(expected + 0.0, CODEC.textDouble(text, 0, text.length) + 0.0, value::toString);
        }
    }

    private static String written(Object value) {
        assertTrue(CODEC.accepts(value), value::toString);
        byte[] bytes = GrowingWriter.encoded(CODEC, value);
        return CODEC.textOf(bytes, 0, bytes.length, Format.BINARY);
    }
}
