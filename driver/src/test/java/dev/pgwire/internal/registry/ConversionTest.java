package dev.pgwire.internal.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.bits.BoolCodec;
import dev.pgwire.internal.codec.bits.ByteaCodec;
import dev.pgwire.internal.codec.number.Float4Codec;
import dev.pgwire.internal.codec.number.Float8Codec;
import dev.pgwire.internal.codec.number.Int4Codec;
import dev.pgwire.internal.codec.number.Int8Codec;
import dev.pgwire.internal.codec.number.NumericCodec;
import dev.pgwire.internal.codec.number.OidCodec;
import dev.pgwire.internal.codec.text.CharCodec;
import dev.pgwire.internal.codec.text.JsonCodec;
import dev.pgwire.internal.codec.text.TextCodec;
import dev.pgwire.internal.codec.time.DateCodec;
import dev.pgwire.internal.codec.time.TimestamptzCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConversionTest {
    private enum Mood {
        HAPPY,
        SAD
    }

    @Test
    void wholeNumbersWidenAndNarrowWithoutLoss() {
        Int4Codec codec = Int4Codec.INSTANCE;
        assertEquals(42, codec.convert(42, Integer.class));
        assertEquals(42, codec.convert(42, int.class));
        assertEquals(42L, codec.convert(42, Long.class));
        assertEquals(42L, codec.convert(42, long.class));
        assertEquals((short) 42, codec.convert(42, Short.class));
        assertEquals(42.0, codec.convert(42, double.class));
        assertEquals(42f, codec.convert(42, Float.class));
        assertEquals(BigInteger.valueOf(42), codec.convert(42, BigInteger.class));
        assertEquals(BigDecimal.valueOf(42), codec.convert(42, BigDecimal.class));
        assertEquals("42", codec.convert(42, String.class));
        assertEquals(42, codec.convert(42, Object.class));
        assertEquals(42, codec.convert(42, Number.class));
        assertEquals(7, Int8Codec.INSTANCE.convert(7L, Integer.class));
        assertEquals(4294967295L, OidCodec.INSTANCE.convert(4294967295L, Long.class));
        DataException error =
                assertThrows(DataException.class, () -> Int8Codec.INSTANCE.convert(1L << 31, Integer.class));
        assertEquals("22003", error.sqlState());
        assertTrue(error.getMessage().contains("2147483648"), error.getMessage());
        assertThrows(DataException.class, () -> Int4Codec.INSTANCE.convert(40000, Short.class));
    }

    @Test
    void numericConvertsWhereNothingIsLost() {
        NumericCodec codec = NumericCodec.INSTANCE;
        BigDecimal price = new BigDecimal("12.50");
        assertEquals(price, codec.convert(price, BigDecimal.class));
        assertEquals(12.5, codec.convert(price, Double.class));
        assertEquals(12.5f, codec.convert(price, Float.class));
        assertEquals("12.50", codec.convert(price, String.class));
        assertEquals(12L, codec.convert(new BigDecimal("12.00"), Long.class));
        assertEquals(12, codec.convert(new BigDecimal("12.00"), int.class));
        assertEquals((short) 12, codec.convert(new BigDecimal("12.00"), Short.class));
        assertEquals(BigInteger.TEN.pow(30), codec.convert(new BigDecimal(BigInteger.TEN.pow(30)), BigInteger.class));
        assertThrows(DataException.class, () -> codec.convert(price, Long.class));
        assertThrows(DataException.class, () -> codec.convert(price, BigInteger.class));
        assertThrows(DataException.class, () -> codec.convert(new BigDecimal("9223372036854775808"), Long.class));
        assertThrows(DataException.class, () -> codec.convert(new BigDecimal("1e400"), Double.class));
        assertThrows(DataException.class, () -> codec.convert(new BigDecimal("1e40"), Float.class));
    }

    @Test
    void aMessageSaysWhatIsPossible() {
        DataException error =
                assertThrows(DataException.class, () -> DateCodec.INSTANCE.convert(LocalDate.EPOCH, UUID.class));
        assertEquals("date cannot be read as UUID; possible: LocalDate, String", error.getMessage());
        DataException number = assertThrows(DataException.class, () -> Float8Codec.INSTANCE.convert(1.0, int.class));
        assertEquals("float8 cannot be read as int; possible: Double, String", number.getMessage());
        assertThrows(DataException.class, () -> BoolCodec.INSTANCE.convert(true, void.class));
        assertThrows(DataException.class, () -> JsonCodec.INSTANCE.convert("{}", Integer.class));
    }

    @Test
    void theOtherTypesHaveTheirRelatives() {
        assertEquals(0.1f + 0.0, Float4Codec.INSTANCE.convert(0.1f, double.class));
        assertEquals("0.1", Float4Codec.INSTANCE.convert(0.1f, String.class));
        assertEquals(true, BoolCodec.INSTANCE.convert(true, boolean.class));
        assertEquals('x', TextCodec.TEXT.convert("x", Character.class));
        assertEquals(Mood.SAD, TextCodec.TEXT.convert("SAD", Mood.class));
        assertThrows(DataException.class, () -> TextCodec.TEXT.convert("sad", Mood.class));
        assertThrows(DataException.class, () -> TextCodec.TEXT.convert("xy", char.class));
        assertEquals('\0', CharCodec.INSTANCE.convert("", char.class));
        assertEquals('r', CharCodec.INSTANCE.convert("r", char.class));
        assertArrayEquals(new byte[] {1}, ByteaCodec.INSTANCE.convert(new byte[] {1}, byte[].class));
        assertEquals(ByteBuffer.wrap(new byte[] {1}), ByteaCodec.INSTANCE.convert(new byte[] {1}, ByteBuffer.class));
        assertEquals("\\x01", ByteaCodec.INSTANCE.convert(new byte[] {1}, String.class));
        OffsetDateTime now = OffsetDateTime.of(2024, 2, 29, 1, 2, 3, 0, ZoneOffset.UTC);
        assertEquals(now.toInstant(), TimestamptzCodec.INSTANCE.convert(now, Instant.class));
        assertEquals(now.toZonedDateTime(), TimestamptzCodec.INSTANCE.convert(now, ZonedDateTime.class));
    }
}
