package dev.pgwire.protocol.dialogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyData;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import dev.pgwire.testing.Seed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DialogueTest {
    private static final Opening.Startup STARTUP = new Opening.Startup(ProtocolVersion.V3_2, Map.of("user", "ada"));
    private static final ReadyForQuery READY = ReadyForQuery.of(TransactionStatus.IDLE);

    private final Dialogue dialogue = new Dialogue();

    @Test
    void readsASessionFromItsFirstByteToItsLast() {
        assertSays(Side.FRONTEND, Opening.Encryption.SSL_REQUEST);
        assertEquals(Phase.ENCRYPTION_ASKED, dialogue.phase());
        assertSays(Side.BACKEND, EncryptionAnswer.NEITHER);
        assertSays(Side.FRONTEND, STARTUP);
        assertEquals(Phase.STARTING, dialogue.phase());
        assertEquals(ProtocolVersion.V3_2, dialogue.version());
        assertSays(Side.BACKEND, new Authentication.Sasl(List.of("SCRAM-SHA-256")));
        assertSays(Side.FRONTEND, new SASLInitialResponse("SCRAM-SHA-256", new byte[] {1}));
        assertSays(Side.BACKEND, new Authentication.SaslContinue(new byte[] {2}));
        assertSays(Side.FRONTEND, new SASLResponse(new byte[] {3}));
        assertSays(Side.BACKEND, new Authentication.SaslFinal(new byte[] {4}));
        assertSays(Side.BACKEND, Authentication.Request.OK);
        assertSays(Side.BACKEND, new NegotiateProtocolVersion(ProtocolVersion.V3_0.code(), List.of()));
        assertEquals(ProtocolVersion.V3_0, dialogue.version());
        assertNull(dialogue.transactionStatus());
        assertSays(Side.BACKEND, READY);
        assertEquals(TransactionStatus.IDLE, dialogue.transactionStatus());
        assertEquals(Phase.SESSION, dialogue.phase());
        assertSays(Side.FRONTEND, new Query("COPY t FROM STDIN"));
        assertSays(Side.BACKEND, new CopyInResponse(Format.TEXT, List.of()));
        assertEquals(Phase.COPY_IN, dialogue.phase());
        assertSays(Side.FRONTEND, new CopyData(new byte[] {5}));
        assertSays(Side.FRONTEND, Command.COPY_DONE);
        assertEquals(Phase.SESSION, dialogue.phase());
        assertSays(Side.BACKEND, new CommandComplete("COPY 1"));
        assertSays(Side.BACKEND, READY);
        assertSays(Side.FRONTEND, Command.TERMINATE);
        assertEquals(Phase.TERMINATED, dialogue.phase());
    }

    @Test
    void aPasswordIsOneWhereThatWasAskedFor() {
        assertSays(Side.FRONTEND, STARTUP);
        assertSays(Side.BACKEND, Authentication.Request.CLEARTEXT_PASSWORD);
        assertSays(Side.FRONTEND, new PasswordMessage(new byte[] {1, 2}));
    }

    @Test
    void whatTheClientSaysBehindItsQuestionWaitsForTheAnswer() {
        add(Side.FRONTEND, Opening.Encryption.GSSENC_REQUEST, STARTUP);
        assertEquals(Opening.Encryption.GSSENC_REQUEST, message(Side.FRONTEND));
        assertNull(dialogue.next(Side.FRONTEND));
        assertSays(Side.BACKEND, EncryptionAnswer.NEITHER);
        assertEquals(STARTUP, message(Side.FRONTEND));
    }

    @Test
    void encryptedBytesAreGivenAsTheyAre() {
        assertSays(Side.FRONTEND, Opening.Encryption.SSL_REQUEST);
        assertSays(Side.BACKEND, EncryptionAnswer.TLS);
        assertEquals(Phase.ENCRYPTED, dialogue.phase());
        dialogue.add(Side.FRONTEND, new byte[] {0x16, 3, 1}, 0, 3);
        assertNull(dialogue.next(Side.FRONTEND));
        assertEquals(3, dialogue.waiting(Side.FRONTEND));
        assertArrayEquals(new byte[] {0x16, 3, 1}, dialogue.rest(Side.FRONTEND));
    }

    @Test
    void tlsWithoutAQuestionIsSeenByItsFirstByte() {
        dialogue.add(Side.FRONTEND, new byte[] {0x16, 3, 1, 0, 5}, 0, 5);
        assertNull(dialogue.next(Side.FRONTEND));
        assertEquals(Phase.ENCRYPTED, dialogue.phase());
    }

    @Test
    void anErrorInPlaceOfTheAnswerIsAMessage() {
        assertSays(Side.FRONTEND, Opening.Encryption.SSL_REQUEST);
        byte[] error = {'E', 0, 0, 0, 5, 0};
        dialogue.add(Side.BACKEND, error, 0, error.length);
        Frame frame = dialogue.next(Side.BACKEND);
        assertNotNull(frame);
        assertEquals('E', frame.tag());
    }

    @Test
    void aCancelRequestIsAllOfItsConversation() {
        assertSays(Side.FRONTEND, new Opening.Cancel(1, new byte[] {1, 2, 3, 4}));
        assertEquals(Phase.CANCEL, dialogue.phase());
    }

    @Test
    void aSessionCanBeReadFromItsMiddle() {
        Dialogue middle = Dialogue.inSession();
        ByteBuf bytes = Unpooled.buffer();
        READY.encode(bytes);
        middle.add(Side.BACKEND, bytes);
        Frame frame = middle.next(Side.BACKEND);
        assertNotNull(frame);
        assertEquals(READY, frame.message());
    }

    @Test
    void framesKeepTheirBytesAndTheirPlace() {
        Dialogue middle = Dialogue.inSession();
        List<Frame> frames = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < 10_000; i++) {
            ByteBuf bytes = Unpooled.buffer();
            new CommandComplete("INSERT 0 " + i).encode(bytes);
            int size = bytes.readableBytes();
            middle.add(Side.BACKEND, bytes);
            Frame frame = middle.next(Side.BACKEND);
            assertNotNull(frame);
            assertEquals(offset, frame.offset());
            offset += size;
            frames.add(frame);
        }
        for (int i = 0; i < frames.size(); i++) {
            assertEquals(new CommandComplete("INSERT 0 " + i), frames.get(i).message());
        }
    }

    @Test
    void aLengthThatNoMessageHasIsRefused() {
        Dialogue middle = Dialogue.inSession();
        middle.add(Side.BACKEND, new byte[] {'Z', 0, 0, 0, 3, 'I'}, 0, 6);
        String why = assertThrows(ProtocolViolation.class, () -> middle.next(Side.BACKEND))
                .getMessage();
        assertEquals(
                "a message of the backend with the tag 'Z' and the length 3 behind 0 bytes, expected 4 to 1073741826",
                why);
        assertEquals(6, middle.rest(Side.BACKEND).length);
    }

    @Test
    void aMessageThatIsNotWellFormedIsCutAllTheSame() {
        Dialogue middle = Dialogue.inSession();
        middle.add(Side.BACKEND, new byte[] {'Z', 0, 0, 0, 4, 'R', 0, 0, 0, 4, '2', 0, 0, 0, 4}, 0, 15);
        Frame ready = middle.next(Side.BACKEND);
        assertNotNull(ready);
        assertThrows(ProtocolViolation.class, ready::message);
        assertTrue(ready.toString().startsWith("[5 bytes that are no message: ReadyForQuery: "), ready.toString());
        assertNotNull(middle.next(Side.BACKEND));
        Frame bound = middle.next(Side.BACKEND);
        assertNotNull(bound);
        assertEquals(Signal.BIND_COMPLETE, bound.message());
    }

    @Test
    void garbageIsRefusedOrCutAndNothingElse() {
        Random random = Seed.take().random();
        for (int i = 0; i < 20_000; i++) {
            Dialogue noise = i % 2 == 0 ? new Dialogue() : Dialogue.inSession();
            long added = 0;
            try {
                for (int part = 0; part < 5; part++) {
                    byte[] bytes = new byte[random.nextInt(60)];
                    random.nextBytes(bytes);
                    for (int zero = 0; zero < bytes.length; zero++) {
                        bytes[zero] &= (byte) (random.nextInt(3) == 0 ? -1 : 31);
                    }
                    Side side = random.nextBoolean() ? Side.FRONTEND : Side.BACKEND;
                    noise.add(side, bytes, 0, bytes.length);
                    added += bytes.length;
                    for (Frame frame = noise.next(side); frame != null; frame = noise.next(side)) {
                        assertTrue(frame.size() <= added);
                        frame.toString();
                    }
                }
            } catch (ProtocolViolation e) {
                assertTrue(e.getMessage().contains("expected"), e.getMessage());
            }
        }
    }

    private void add(Side side, Message... messages) {
        for (Message message : messages) {
            ByteBuf bytes = Unpooled.buffer();
            message.encode(bytes);
            dialogue.add(side, bytes);
        }
    }

    /** The message is seen with its last byte, and not before. */
    private void assertSays(Side side, Message message) {
        ByteBuf bytes = Unpooled.buffer();
        message.encode(bytes);
        byte[] all = ByteBufUtil.getBytes(bytes);
        for (int i = 0; i < all.length; i++) {
            assertNull(dialogue.next(side));
            dialogue.add(side, all, i, 1);
        }
        assertEquals(message, message(side));
        assertNull(dialogue.next(side));
    }

    private Message message(Side side) {
        Frame frame = dialogue.next(side);
        assertNotNull(frame);
        assertEquals(side, frame.side());
        return frame.message();
    }
}
