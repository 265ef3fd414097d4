package dev.pgwire.internal.codec.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.number.Int8Codec;
import dev.pgwire.internal.registry.GrowingWriter;
import dev.pgwire.protocol.Format;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTimeCodecTest {
    /** What servers with other time zones printed for the same instants. */
    @ParameterizedTest
    @CsvSource({
        "2000-01-01 00:00:00+05:30, fffffffb63d3fa00",
        "2024-02-29 18:04:56.789+05:30, 0002b58341728608",
        "1800-01-01 05:53:28+05:53:28, ffe993dcf8170000",
        "1799-12-31 23:58:45-00:01:15, ffe993dcf8170000",
        "1799-12-31 20:29:08-03:30:52, ffe993dcf8170000",
        "2023-12-31 20:30:00-03:30, 0002b0d5d4e94000",
        "0044-03-15 11:58:45-00:01:15 BC, ff1af9e8fb46d000",
        "4714-11-23 23:58:45-00:01:15 BC, fd0f7cc1411fa000"
    })
    void anyOffsetIsReadAsTheSameInstant(String text, String binary) {
        byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);
        OffsetDateTime value = GrowingWriter.decoded(TimestamptzCodec.INSTANCE, textBytes, Format.TEXT);
        assertEquals(ZoneOffset.UTC, value.getOffset());
        byte[] bytes = HexFormat.of().parseHex(binary);
        assertEquals(value, GrowingWriter.decoded(TimestamptzCodec.INSTANCE, bytes, Format.BINARY));
        assertEquals(
                TimestamptzCodec.INSTANCE.textOf(bytes, 0, bytes.length, Format.BINARY),
                TimestamptzCodec.INSTANCE.textOf(textBytes, 0, textBytes.length, Format.TEXT));
    }

    @Test
    void theEndOfTheDayIsATextButNoLocalTime() {
        byte[] binary = HexFormat.of().parseHex("000000141dd76000");
        byte[] text = "24:00:00".getBytes(StandardCharsets.UTF_8);
        for (Format format : Format.values()) {
            byte[] source = format == Format.BINARY ? binary : text;
            DataException error =
                    assertThrows(DataException.class, () -> GrowingWriter.decoded(TimeCodec.INSTANCE, source, format));
            assertTrue(error.getMessage().contains("getString"), error.getMessage());
            assertEquals("24:00:00", TimeCodec.INSTANCE.textOf(source, 0, source.length, format));
            assertEquals("24:00:00", TimeCodec.INSTANCE.decodeAs(source, 0, source.length, format, String.class));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "499, 0", "500, 0", "501, 1", "999, 1", "1500, 2", "2500, 2", "2501, 3", "3500, 4"})
    void nanosecondsAreRoundedHalfToEven(int nanos, int micros) {
        LocalDateTime timestamp = LocalDateTime.of(2000, 1, 1, 0, 0, 0, nanos);
        byte[] expected = GrowingWriter.encoded(Int8Codec.INSTANCE, micros);
        assertEquals(hex(expected), hex(GrowingWriter.encoded(TimestampCodec.INSTANCE, timestamp)));
        assertEquals(hex(expected), hex(GrowingWriter.encoded(TimeCodec.INSTANCE, timestamp.toLocalTime())));
        assertEquals(
                hex(expected),
                hex(GrowingWriter.encoded(TimestamptzCodec.INSTANCE, timestamp.toInstant(ZoneOffset.UTC))));
    }

    @Test
    void theLastNanosecondOfADayStaysInADayOfItsOwn() {
        assertEquals("23:59:59.999999", TimeCodec.INSTANCE.format(LocalTime.MAX));
        assertEquals("000000141dd75fff", hex(GrowingWriter.encoded(TimeCodec.INSTANCE, LocalTime.MAX)));
        LocalDateTime endOfYear = LocalDate.of(1999, 12, 31).atTime(LocalTime.MAX);
        assertEquals("2000-01-01 00:00:00", TimestampCodec.INSTANCE.format(endOfYear));
    }

    @Test
    void whatTheServerCannotStoreIsNotAccepted() {
        assertFalse(DateCodec.INSTANCE.accepts(LocalDate.of(-4713, 11, 23)));
        assertFalse(DateCodec.INSTANCE.accepts(LocalDate.of(5874898, 1, 1)));
        assertFalse(DateCodec.INSTANCE.accepts(LocalDate.MAX.minusDays(1)));
        assertTrue(DateCodec.INSTANCE.accepts(LocalDate.MIN));
        LocalDateTime last = LocalDateTime.of(294276, 12, 31, 23, 59, 59, 999_999_000);
        LocalDateTime first = LocalDateTime.of(-4713, 11, 24, 0, 0);
        assertTrue(TimestampCodec.INSTANCE.accepts(last));
        assertTrue(TimestampCodec.INSTANCE.accepts(last.plusNanos(499)));
        assertFalse(TimestampCodec.INSTANCE.accepts(last.plusNanos(501)));
        assertTrue(TimestampCodec.INSTANCE.accepts(first));
        assertFalse(TimestampCodec.INSTANCE.accepts(first.minusNanos(501)));
        assertFalse(TimestampCodec.INSTANCE.accepts(LocalDateTime.MAX.minusNanos(1)));
        assertTrue(TimestamptzCodec.INSTANCE.accepts(first.atOffset(ZoneOffset.UTC)));
        assertFalse(TimestamptzCodec.INSTANCE.accepts(first.atOffset(ZoneOffset.ofHours(1))));
        assertFalse(TimestamptzCodec.INSTANCE.accepts(Instant.MAX.minusNanos(1)));
        assertFalse(TimestamptzCodec.INSTANCE.accepts(OffsetDateTime.MIN.plusNanos(1)));
        assertThrows(DataException.class, () -> DateCodec.INSTANCE.format(LocalDate.MAX.minusDays(1)));
        assertThrows(DataException.class, () -> TimestampCodec.INSTANCE.format(LocalDateTime.MIN.plusNanos(1)));
        assertThrows(DataException.class, () -> TimestamptzCodec.INSTANCE.format(OffsetDateTime.MAX.minusNanos(1)));
    }

    @Test
    void infinityHasAFaceInEveryClassOfAnInstant() {
        TimestamptzCodec codec = TimestamptzCodec.INSTANCE;
        for (Object infinity : new Object[] {OffsetDateTime.MAX, OffsetDateTime.MAX.toZonedDateTime(), Instant.MAX}) {
            assertTrue(codec.accepts(infinity));
            assertEquals("7fffffffffffffff", hex(GrowingWriter.encoded(codec, infinity)));
        }
        for (Object infinity : new Object[] {OffsetDateTime.MIN, OffsetDateTime.MIN.toZonedDateTime(), Instant.MIN}) {
            assertTrue(codec.accepts(infinity));
            assertEquals("8000000000000000", hex(GrowingWriter.encoded(codec, infinity)));
        }
        assertEquals(Instant.MAX, codec.convert(OffsetDateTime.MAX, Instant.class));
        assertEquals(Instant.MIN, codec.convert(OffsetDateTime.MIN, Instant.class));
        assertEquals(OffsetDateTime.MAX.toZonedDateTime(), codec.convert(OffsetDateTime.MAX, ZonedDateTime.class));
    }

    @Test
    void theZoneOfAnInstantDoesNotMatter() {
        ZonedDateTime kolkata = ZonedDateTime.of(2024, 2, 29, 18, 4, 56, 789_000_000, ZoneId.of("Asia/Kolkata"));
        String bytes = hex(GrowingWriter.encoded(TimestamptzCodec.INSTANCE, kolkata));
        assertEquals("0002b58341728608", bytes);
        assertEquals(bytes, hex(GrowingWriter.encoded(TimestamptzCodec.INSTANCE, kolkata.toOffsetDateTime())));
        assertEquals(bytes, hex(GrowingWriter.encoded(TimestamptzCodec.INSTANCE, kolkata.toInstant())));
        assertEquals("2024-02-29 12:34:56.789+00", TimestamptzCodec.INSTANCE.format(kolkata.toOffsetDateTime()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024",
                "2024-2-9",
                "24-02-09",
                "2024-02-30",
                "2024-13-01",
                "0000-01-01",
                "2024-02-09BC",
                "01/02/2024",
                "2024-02-09 AD",
                "-2024-02-09",
                "2024-02-09 ",
                "4714-11-23 BC",
                "5874898-01-01",
                "12345678-01-01",
                "Infinity",
                "infinit",
                "0005-02-28 BC BC",
                "2023-02-29",
                "0004-02-29 BC"
            })
    void whatIsNoDateIsRefused(String text) {
        refused(DateCodec.INSTANCE, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12",
                "12:00",
                "1:00:00",
                "24:00:01",
                "24:00:00.000001",
                "25:00:00",
                "12:60:00",
                "12:00:60",
                "12:00:00.",
                "12:00:00.1234567",
                "12:00:00+00",
                "12:00:00 BC ",
                "12-00-00"
            })
    void whatIsNoTimeIsRefused(String text) {
        refused(TimeCodec.INSTANCE, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-02-29",
                "2024-02-29T12:00:00",
                "2024-02-29 12:00:00+00",
                "294277-01-01 00:00:00",
                "4714-11-23 23:59:59 BC",
                "2024-02-29 12:00",
                "Thu Feb 29 12:00:00 2024"
            })
    void whatIsNoTimestampIsRefused(String text) {
        refused(TimestampCodec.INSTANCE, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-02-29 12:00:00",
                "2024-02-29 12:00:00Z",
                "2024-02-29 12:00:00+",
                "2024-02-29 12:00:00+0",
                "2024-02-29 12:00:00+05:",
                "2024-02-29 12:00:00+05:60",
                "2024-02-29 12:00:00+05:30:60",
                "294277-01-01 00:00:00+00",
                "4714-11-24 00:00:00+01 BC",
                "2024-02-29 12:00:00 UTC"
            })
    void whatIsNoTimestampWithTimeZoneIsRefused(String text) {
        refused(TimestamptzCodec.INSTANCE, text);
    }

    @Test
    void bytesBeyondTheLimitsAreRefused() {
        for (String day : new String[] {"7fda970d", "ffda97a6", "7ffffffe", "80000001", "00", ""}) {
            byte[] bytes = HexFormat.of().parseHex(day);
            assertThrows(DataException.class, () -> GrowingWriter.decoded(DateCodec.INSTANCE, bytes, Format.BINARY));
        }
        for (String micros : new String[] {"7fffff5bb3b2a000", "fd0f7cc1411f9fff", "7ffffffffffffffe", "0000"}) {
            byte[] bytes = HexFormat.of().parseHex(micros);
            assertThrows(
                    DataException.class, () -> GrowingWriter.decoded(TimestampCodec.INSTANCE, bytes, Format.BINARY));
            assertThrows(
                    DataException.class, () -> GrowingWriter.decoded(TimestamptzCodec.INSTANCE, bytes, Format.BINARY));
        }
        for (String micros : new String[] {"000000141dd76001", "ffffffffffffffff"}) {
            byte[] bytes = HexFormat.of().parseHex(micros);
            assertThrows(DataException.class, () -> GrowingWriter.decoded(TimeCodec.INSTANCE, bytes, Format.BINARY));
            assertThrows(DataException.class, () -> TimeCodec.INSTANCE.textOf(bytes, 0, 8, Format.BINARY));
        }
    }

    private static void refused(FieldCodec<?> codec, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThrows(DataException.class, () -> codec.decodeText(bytes, 0, bytes.length));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
