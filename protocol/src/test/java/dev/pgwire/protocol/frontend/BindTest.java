package dev.pgwire.protocol.frontend;

import static dev.pgwire.protocol.Format.BINARY;
import static dev.pgwire.protocol.Format.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.protocol.Bytes;
import dev.pgwire.protocol.Format;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BindTest {
    private static final Format[] NONE = {};

    private final ByteBuf values =
            Unpooled.wrappedBuffer(Bytes.hex("eeee 00000001 '7' ffffffff")).skipBytes(2);

    @Test
    void encodedValuesGiveTheSameBytesAsTheRecord() {
        Bind bind = new Bind("", "s1", List.of(TEXT, BINARY), Arrays.asList(Bytes.ascii("7"), null), List.of(BINARY));

        assertEquals(Bytes.hex(Bytes.of(bind)), encoded(new Format[] {TEXT, BINARY}, new Format[] {BINARY, BINARY}));
        assertEquals(9, values.readableBytes());
    }

    @Test
    void asFewFormatCodesAsWillDoAreSent() {
        assertEquals(codes(List.of(), List.of()), encoded(NONE, NONE));
        assertEquals(codes(List.of(), List.of()), encoded(new Format[] {TEXT}, new Format[] {TEXT, TEXT, TEXT}));
        assertEquals(codes(List.of(BINARY), List.of()), encoded(new Format[] {BINARY}, new Format[] {TEXT}));
        assertEquals(codes(List.of(BINARY), List.of()), encoded(new Format[] {BINARY, BINARY}, NONE));
        assertEquals(
                codes(List.of(BINARY, TEXT), List.of(TEXT, TEXT, BINARY)),
                encoded(new Format[] {BINARY, TEXT}, new Format[] {TEXT, TEXT, BINARY}));
    }

    @Test
    void formatsThatAreNeitherOneNorAsManyAsTheValuesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> encoded(new Format[] {TEXT, BINARY, TEXT}, NONE));
    }

    @Test
    void aZeroInTheNameOrTooManyValuesAreRefusedBeforeAnythingIsWritten() {
        ByteBuf out = Unpooled.buffer();
        byte[] zero = {'s', 0};
        assertThrows(
                IllegalArgumentException.class, () -> Bind.encode(out, zero, NONE, 0, Unpooled.EMPTY_BUFFER, NONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> Bind.encode(out, new byte[0], NONE, 65536, Unpooled.EMPTY_BUFFER, NONE));
        assertEquals(0, out.writerIndex());
        out.release();
    }

    private static String codes(List<Format> parameters, List<Format> results) {
        return Bytes.hex(Bytes.of(new Bind("", "s1", parameters, Arrays.asList(Bytes.ascii("7"), null), results)));
    }

    private String encoded(Format[] parameters, Format[] results) {
        return Bytes.hex(Bytes.written(out -> Bind.encode(out, Bytes.ascii("s1"), parameters, 2, values, results)));
    }
}
