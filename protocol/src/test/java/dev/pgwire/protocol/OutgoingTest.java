package dev.pgwire.protocol;

import static dev.pgwire.protocol.Bytes.ascii;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.FunctionCall;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be sent is refused before the first byte of it is written. */
class OutgoingTest {
    private static final String ZERO = "a\0b";

    static List<Object> messagesWithAZeroInAString() {
        return List.of(
                new Opening.Startup(ProtocolVersion.V3_0, Map.of("application_name", "x\0user\0admin")),
                new Opening.Startup(ProtocolVersion.V3_0, Map.of(ZERO, "x")),
                new PasswordMessage(ascii(ZERO)),
                new SASLInitialResponse(ZERO, null),
                new Query(ZERO),
                new Parse(ZERO, "", new int[0]),
                new Parse("", ZERO, new int[0]),
                new Bind(ZERO, "", List.of(), List.of(), List.of()),
                new Bind("", ZERO, List.of(), List.of(), List.of()),
                new Describe(Target.PORTAL, ZERO),
                new Close(Target.STATEMENT, ZERO),
                new Execute(ZERO, 0),
                new CopyFail(ZERO),
                new Authentication.Sasl(List.of("A", ZERO)),
                new NegotiateProtocolVersion(0, List.of(ZERO)),
                new ParameterStatus(ZERO, ""),
                new ParameterStatus("", ZERO),
                new RowDescription(List.of(new RowDescription.Field(ZERO, 0, (short) 0, 0, (short) 0, 0, Format.TEXT))),
                new CommandComplete(ZERO),
                new ErrorResponse(Diagnostic.builder().field('M', ZERO).build()),
                new NotificationResponse(0, ZERO, ""),
                new NotificationResponse(0, "", ZERO));
    }

    @ParameterizedTest
    @MethodSource("messagesWithAZeroInAString")
    void aZeroInAStringIsRefused(Object message) {
        refused(encoder(message));
    }

    static List<Object> messagesWithTooManyElements() {
        List<Format> formats = Collections.nCopies(65536, Format.TEXT);
        List<byte[]> values = Collections.nCopies(65536, new byte[0]);
        return List.of(
                new Parse("", "", new int[65536]),
                new Bind("", "", formats, List.of(), List.of()),
                new Bind("", "", List.of(), values, List.of()),
                new Bind("", "", List.of(), List.of(), formats),
                new FunctionCall(1, formats, List.of(), Format.TEXT),
                new FunctionCall(1, List.of(), values, Format.TEXT),
                new ParameterDescription(new int[65536]),
                new CopyInResponse(Format.TEXT, formats),
                new RowDescription(Collections.nCopies(
                        65536, new RowDescription.Field("", 0, (short) 0, 0, (short) 0, 0, Format.TEXT))));
    }

    @ParameterizedTest
    @MethodSource("messagesWithTooManyElements")
    void moreThan65535ElementsAreRefused(Object message) {
        refused(encoder(message));
    }

    @Test
    void theLargestNumberOfParametersGoesThereAndBack() {
        Bind bind = new Bind(
                "",
                "",
                Collections.nCopies(65535, Format.BINARY),
                Collections.nCopies(65535, new byte[] {1}),
                List.of());
        byte[] bytes = Bytes.of(bind);

        assertEquals(bind, Bind.read(Unpooled.wrappedBuffer(bytes, 5, bytes.length - 5)));
    }

    @Test
    void lengthsThatOverflowAnIntAreRefused() {
        byte[] value = new byte[16 << 20];
        for (int count : new int[] {64, 128, 256, 257, 512}) {
            refused(new Bind("", "", List.of(), Collections.nCopies(count, value), List.of())::encode);
            refused(new FunctionCall(1, List.of(), Collections.nCopies(count, value), Format.TEXT)::encode);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Wire.MAX_BODY + 1L, Integer.MAX_VALUE, 1L << 31, (1L << 32) - 4, 1L << 32, Long.MAX_VALUE})
    void aHeaderThatSaysTooMuchIsRefused(long length) {
        refused(out -> Wire.header(out, (byte) 'Q', length));
        refused(out -> Wire.header(out, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800", "\ud800a", "\udc00", "\udc00\ud800", "ok \ud83d\ude00 \ud83d"})
    void halfASurrogatePairIsRefusedBecauseItIsNoText(String sql) {
        refused(new Query(sql)::encode);
        refused(out -> Wire.cString(out, sql));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "zażółć", "\u07ff\u0800\uffff", "😀 and 👩‍🚀", "\u0001\u007f\u0080"})
    void aStringIsItsUtf8AndAZero(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

        assertEquals(utf8.length + 1, Wire.cStringLength(text));
        assertArrayEquals(
                (Bytes.hex(utf8) + "00").getBytes(StandardCharsets.US_ASCII),
                Bytes.hex(Bytes.written(out -> Wire.cString(out, text))).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void anEmptyNameThatWouldEndAListIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Opening.Startup(ProtocolVersion.V3_0, Map.of("", "x")));
        assertThrows(IllegalArgumentException.class, () -> new Authentication.Sasl(List.of("A", "")));
        assertThrows(IllegalArgumentException.class, () -> Diagnostic.builder().field('\0', "x"));
        assertThrows(IllegalArgumentException.class, () -> Diagnostic.builder().field('\u0100', "x"));
    }

    private static Consumer<ByteBuf> encoder(Object message) {
        return message instanceof BackendMessage backend ? backend::encode : ((FrontendMessage) message)::encode;
    }

    private static void refused(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer(16);
        try {
            assertThrows(IllegalArgumentException.class, () -> writer.accept(out));
            assertEquals(0, out.writerIndex());
        } finally {
            out.release();
        }
    }
}
