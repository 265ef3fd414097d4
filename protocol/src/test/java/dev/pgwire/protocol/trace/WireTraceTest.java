package dev.pgwire.protocol.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.Bytes;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.Sample;
import dev.pgwire.protocol.Samples;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import dev.pgwire.protocol.dialogue.Dialogue;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireTraceTest {
    private final StringBuilder out = new StringBuilder();
    private final WireTrace trace = new WireTrace(out).withoutTimestamps();

    /** Recorded with libpq 15 and a server 15; only the line of CopyData is as libpq prints it since 18. */
    @Test
    void aRecordedSessionIsPrintedAsLibpqPrintedIt() throws IOException {
        for (String line : resource("libpq.wire").split("\n")) {
            byte[] message = Bytes.hex(line.substring(2));
            if (line.charAt(0) == 'F') {
                trace.frontend(Unpooled.wrappedBuffer(message));
            } else {
                trace.backend(message[0], Unpooled.wrappedBuffer(message, 5, message.length - 5));
            }
        }

        assertEquals(resource("libpq.trace"), out.toString());
    }

    @Test
    void theBeginningOfASessionHidesWhatIsSecret() {
        client(Opening.Encryption.GSSENC_REQUEST);
        trace.encryptionAnswer((byte) 'N');
        client(Opening.Encryption.SSL_REQUEST);
        trace.encryptionAnswer((byte) 'S');
        client(new Opening.Startup(ProtocolVersion.V3_2, Map.of("user", "ada")));
        server(new NegotiateProtocolVersion(196608, List.of("_pq_.x")));
        server(Authentication.Request.CLEARTEXT_PASSWORD);
        client(new PasswordMessage(Bytes.ascii("S3cr3t")));
        server(new Authentication.Md5Password(new byte[4]));
        client(new PasswordMessage(Bytes.ascii("S3cr3t")));
        server(new Authentication.Sasl(List.of("SCRAM-SHA-256")));
        client(new SASLInitialResponse("SCRAM-SHA-256", Bytes.ascii("S3cr3t")));
        server(new Authentication.SaslContinue(Bytes.ascii("S3cr3t")));
        client(new SASLResponse(Bytes.ascii("S3cr3t")));
        server(new Authentication.SaslFinal(Bytes.ascii("S3cr3t")));
        server(Authentication.Request.OK);
        server(new BackendKeyData(4711, Bytes.ascii("S3cr3t")));
        client(new Opening.Cancel(4711, Bytes.ascii("S3cr3t")));

        assertEquals("""
                F\t8\tGSSENCRequest\t 1234 5680
                B\t1\tGSSENCResponse\t N
                F\t8\tSSLRequest\t 1234 5679
                B\t1\tSSLResponse\t S
                F\t18\tStartupMessage\t 3 2 "user" "ada"
                B\t19\tNegotiateProtocolVersion\t 196608 1 "_pq_.x"
                B\t8\tAuthenticationCleartextPassword
                F\t11\tPasswordMessage\t "SSSS"
                B\t12\tAuthenticationMD5Password
                F\t11\tPasswordMessage\t "SSSS"
                B\t23\tAuthenticationSASL\t "SCRAM-SHA-256" ""
                F\t28\tSASLInitialResponse\t "SCRAM-SHA-256" 6 'BBBB'
                B\t14\tAuthenticationSASLContinue\t 'BBBB'
                F\t10\tSASLResponse\t 'BBBB'
                B\t14\tAuthenticationSASLFinal\t 'BBBB'
                B\t8\tAuthenticationOk
                B\t14\tBackendKeyData\t 4711 NNNN
                F\t18\tCancelRequest\t 1234 5678 4711 NNNN
                """, out.toString());
    }

    @Test
    void severalMessagesInOneBufferAreSeveralLines() {
        ByteBuf messages = Unpooled.buffer();
        new Query("SELECT 1").encode(messages);
        Command.SYNC.encode(messages);
        trace.frontend(messages);

        assertEquals("F\t13\tQuery\t \"SELECT 1\"\nF\t4\tSync\n", out.toString());
        assertEquals(0, messages.readerIndex());
        messages.release();
    }

    @Test
    void theTimeComesFirst() {
        new WireTrace(out).frontend(Unpooled.wrappedBuffer(Bytes.of(Command.SYNC)));

        assertTrue(
                out.toString().matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}\tF\t4\tSync\n"),
                out.toString());
    }

    @Test
    void framesArePrintedAtTheTimeThatIsGivenAndKnowWhatTheyAre() {
        Instant time = LocalDateTime.of(2026, 11, 28, 12, 0, 0, 123_456_000)
                .atZone(ZoneId.systemDefault())
                .toInstant();
        WireTrace timed = new WireTrace(out).clock(() -> time);
        Dialogue dialogue = new Dialogue();
        byte[] said = Bytes.of(new Opening.Startup(ProtocolVersion.V3_2, Map.of("user", "ada")));
        dialogue.add(Side.FRONTEND, said, 0, said.length);
        said = Bytes.of(new PasswordMessage(Bytes.ascii("S3cr3t")));
        dialogue.add(Side.FRONTEND, said, 0, said.length);

        timed.frame(dialogue.next(Side.FRONTEND));
        timed.frame(dialogue.next(Side.FRONTEND));
        timed.encryptionAnswer(Opening.Encryption.GSSENC_REQUEST, (byte) 'N');

        assertEquals("""
                2026-11-28 12:00:00.123456\tF\t18\tStartupMessage\t 3 2 "user" "ada"
                2026-11-28 12:00:00.123456\tF\t11\tPasswordMessage\t "SSSS"
                2026-11-28 12:00:00.123456\tB\t1\tGSSENCResponse\t N
                """, out.toString());
    }

    @Test
    void aPartOfAMessageIsPrintedAsFarAsItGoes() {
        byte[] query = Bytes.of(new Query("SELECT 1"));
        trace.part(Side.FRONTEND, (byte) 'Q', 13, Unpooled.wrappedBuffer(query, 5, 4));
        trace.part(Side.BACKEND, (byte) 'D', 15, Unpooled.wrappedBuffer(new byte[] {0, 2, 0, 0, 0, 1, '7', 0}));
        trace.part(Side.BACKEND, (byte) 'd', 9, Unpooled.wrappedBuffer(Bytes.ascii("abc")));
        trace.part(Side.FRONTEND, (byte) 0, 18, Unpooled.wrappedBuffer(new byte[] {0, 3, 0, 2, 'u'}));
        trace.part(Side.FRONTEND, (byte) 0, 18, Unpooled.wrappedBuffer(new byte[] {0, 3}));

        assertEquals("""
                F\t13\tQuery\t ?
                B\t15\tDataRow\t 2 1 '7' ?
                B\t9\tCopyData\t 'abc' ?
                F\t18\tStartupMessage\t 3 2 ?
                F\t18\tIncomplete message ?
                """, out.toString());
    }

    @Test
    void everySampleIsKnownAndNothingIsLeftOver() {
        for (Sample sample : Samples.all()) {
            print(sample, sample.bytes());
        }

        assertFalse(out.toString().contains("Unknown m"), out.toString());
        assertFalse(out.toString().contains("mismatched"), out.toString());
    }

    @Test
    void damagedMessagesArePrintedAsFarAsTheyGo() {
        for (Sample sample : Samples.all()) {
            for (int length = sample.headerLength(); length <= sample.bytes().length; length++) {
                byte[] cut = Arrays.copyOf(sample.bytes(), length);
                print(sample, cut);
                Unpooled.wrappedBuffer(cut).setInt(sample.headerLength() - 4, length - sample.headerLength() + 4);
                print(sample, cut);
            }
        }
        out.setLength(0);
        trace.backend((byte) 'D', Unpooled.wrappedBuffer(Bytes.hex("0002 00000001 '7' fffffffe 41")));
        trace.backend((byte) 0x99, Unpooled.wrappedBuffer(new byte[2]));
        trace.frontend(Unpooled.wrappedBuffer(Bytes.hex("'p' 00000005 00")));
        trace.frontend(Unpooled.wrappedBuffer(Bytes.hex("'Q' 00000009 41")));
        trace.frontend(Unpooled.wrappedBuffer(Bytes.hex("00000006 0000")));

        assertEquals("""
                B\t16\tDataRow\t 2 1 '7' -2 ?
                mismatched message length: consumed 15, expected 16
                B\t6\tUnknown message: 99
                mismatched message length: consumed 4, expected 6
                F\t5\tUnknownAuthenticationResponse
                F\t6\tIncomplete message
                F\t6\tUnknown message
                """, out.toString());
    }

    @Test
    void anErrorOfTheOutputSwitchesTheTraceOff() {
        int[] calls = {0};
        WireTrace broken = new WireTrace(new Writer() {
            @Override
            public void write(char[] buffer, int offset, int length) throws IOException {
                calls[0]++;
                throw new IOException("disk full");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        broken.frontend(Unpooled.wrappedBuffer(Bytes.of(Command.SYNC)));
        broken.frontend(Unpooled.wrappedBuffer(Bytes.of(Command.SYNC)));
        broken.backend((byte) 'Z', Unpooled.wrappedBuffer(new byte[] {'I'}));

        assertEquals(1, calls[0]);
    }

    private void print(Sample sample, byte[] bytes) {
        if (sample.message() instanceof BackendMessage) {
            trace.backend(bytes[0], Unpooled.wrappedBuffer(bytes, 5, bytes.length - 5));
        } else {
            trace.frontend(Unpooled.wrappedBuffer(bytes));
        }
    }

    private void client(FrontendMessage message) {
        trace.frontend(Unpooled.wrappedBuffer(Bytes.of(message)));
    }

    private void server(BackendMessage message) {
        byte[] bytes = Bytes.of(message);
        trace.backend(bytes[0], Unpooled.wrappedBuffer(bytes, 5, bytes.length - 5));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = WireTraceTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
