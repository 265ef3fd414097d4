package dev.pgwire.laboratory.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.dialogue.Dialogue;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.Target;
import dev.pgwire.testing.Seed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SaidTest {
    @Test
    void aLineShowsWhatAMessageSays() {
        assertEquals("1 F Query \"SELECT 'ä', \\\"b\\\"\\n\"", line(Side.FRONTEND, new Query("SELECT 'ä', \"b\"\n")));
        assertEquals(
                "1 F Parse \"s\" \"SELECT $1\" [ 23 ]",
                line(Side.FRONTEND, new Parse("s", "SELECT $1", new int[] {23})));
        assertEquals("1 F Describe S\"s\"", line(Side.FRONTEND, new Describe(Target.STATEMENT, "s")));
        assertEquals(
                "1 B DataRow [ '7' NULL '\\x00\\xff' ]",
                line(Side.BACKEND, DataRow.of(Arrays.asList(new byte[] {'7'}, null, new byte[] {0, (byte) 0xFF}))));
        assertEquals("1 B ReadyForQuery <I>", line(Side.BACKEND, new ReadyForQuery(TransactionStatus.IDLE)));
        assertEquals(
                "1 B BackendKeyData 7 <abcd>",
                line(Side.BACKEND, new BackendKeyData(7, "abcd".getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void anyBytesComeBackFromTheirLine() {
        Random random = Seed.take().random();
        String tags = "123ACDEGHIKNRSTVWZcdnstvB?PQFfpX\0\u00ff";
        for (int i = 0; i < 3_000; i++) {
            byte[] body = new byte[random.nextInt(40)];
            random.nextBytes(body);
            if (random.nextBoolean()) {
                for (int j = 0; j < body.length; j++) {
                    body[j] = (byte) (body[j] < 0 ? random.nextInt(3) : "a[](){}<>'\"\\ NULL.".charAt(body[j] % 17));
                }
            }
            byte tag = (byte) tags.charAt(random.nextInt(tags.length()));
            ByteBuf bytes =
                    Unpooled.buffer().writeByte(tag).writeInt(4 + body.length).writeBytes(body);
            byte[] expected = ByteBufUtil.getBytes(bytes);
            Side side = random.nextBoolean() ? Side.FRONTEND : Side.BACKEND;
            if (tag == 0) {
                continue;
            }
            Said said = Said.of(3, frame(side, expected));
            Said read = Said.parse(said.toString());
            assertArrayEquals(expected, read.bytes(), said::toString);
            assertEquals(said, read);
        }
    }

    @Test
    void whatProvesWhoTheClientIsAndTheKeyAreLeftOut() {
        for (String line : List.of(
                "1 F Query \"SELECT 1\"", "1 B AuthenticationOk 0", "1 B AuthenticationSASL 10 \"SCRAM-SHA-256\" .")) {
            assertEquals(line, Said.parse(line).withoutSecrets().toString());
        }
        assertEquals("1 F PasswordMessage HIDDEN", hidden("1 F PasswordMessage \"secret\""));
        assertEquals("1 B AuthenticationSASLContinue HIDDEN", hidden("1 B AuthenticationSASLContinue 11 <r=a,s=b>"));
        assertEquals("1 B AuthenticationSASLFinal HIDDEN", hidden("1 B AuthenticationSASLFinal 12 <v=c>"));
        assertEquals(
                "1 B AuthenticationMD5Password 5 <\\x00\\x00\\x00\\x00>",
                hidden("1 B AuthenticationMD5Password 5 <salt>"));
        assertEquals("1 B BackendKeyData 7 <\\x00\\x00\\x00\\x00>", hidden("1 B BackendKeyData 7 <abcd>"));
        assertEquals(
                "1 F CancelRequest 80877102 7 <\\x00\\x00\\x00\\x00>", hidden("1 F CancelRequest 80877102 7 <abcd>"));
    }

    private static String hidden(String line) {
        String hidden = Said.parse(line).withoutSecrets().toString();
        assertEquals(hidden, Said.parse(hidden).toString());
        return hidden;
    }

    @Test
    void aLineThatIsNoneIsRefused() {
        for (String line : List.of(
                "",
                "1 F",
                "x F Query",
                "1 Q Query",
                "1 F Quary",
                "1 F Query \"open",
                "1 B DataRow [ 'x'",
                "1 B DataRow ]",
                "1 B DataRow [ 7x ]",
                "1 F Query \"\\q\"")) {
            ProtocolViolation refused =
                    assertThrows(ProtocolViolation.class, () -> Said.parse(line), () -> "\"" + line + "\"");
            assertTrue(refused.getMessage().contains("expected"), refused.getMessage());
        }
    }

    @Test
    void anotherVersionOfTheFormatIsRefused() {
        ProtocolViolation refused = assertThrows(ProtocolViolation.class, () -> read("pgwire recording 2\n"));
        assertTrue(refused.getMessage().contains("expected \"pgwire recording 1\""), refused.getMessage());
    }

    @Test
    void aRecordingIsItsText() throws IOException {
        String text = "pgwire recording 1\n1 F Query \"SELECT 1\"\n2 B CommandComplete \"SELECT 1\"\n";
        Recording recording = read(text + "\n# a comment\n");
        assertEquals(text, recording.toString());
        assertEquals(List.of(1, 2), recording.connections());
        assertEquals(1, recording.messages(2).size());
    }

    private static Recording read(String text) throws IOException {
        return Recording.read(new BufferedReader(new StringReader(text)));
    }

    private static String line(Side side, Message message) {
        ByteBuf out = Unpooled.buffer();
        message.encode(out);
        return Said.of(1, frame(side, ByteBufUtil.getBytes(out))).toString();
    }

    private static Frame frame(Side side, byte[] bytes) {
        Dialogue dialogue = Dialogue.inSession();
        dialogue.add(side, bytes, 0, bytes.length);
        return Objects.requireNonNull(dialogue.next(side));
    }
}
