package dev.pgwire.internal.net;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.bytes;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.notice;
import static dev.pgwire.fixture.Messages.row;
import static dev.pgwire.fixture.Messages.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.internal.auth.StartupExchange;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.QueryExchange;
import dev.pgwire.internal.exchange.RecordedEvents;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
    /** A client in the middle of its queries, whose socket a test feeds. */
    private static final class Client {
        final RecordedEvents events = new RecordedEvents();
        final Conversation conversation = new Conversation(events);
        final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(conversation, null));
        final List<Results> answers = new ArrayList<>();
        /** Rows that were handed out, in their order, and what each said then. */
        final List<Row> rows = new ArrayList<>();

        final List<String> texts = new ArrayList<>();
        private int takes;

        Client(int queries) {
            for (int i = 0; i < queries; i++) {
                Results results = new Results();
                answers.add(results);
                conversation.add(
                        new QueryExchange("SELECT", results, messages -> {}, new RowPlanner(TypeRegistry.builtin())));
            }
        }

        void receive(byte[] bytes, int from, int to) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes, from, to - from).retainedSlice());
        }

        void receive(byte[] bytes) {
            receive(bytes, 0, bytes.length);
        }

        /** Takes the rows that are there; every other time also those that still lie with the received bytes. */
        void take() {
            if (++takes % 2 == 0) {
                conversation.deliver();
            }
            for (Results results : answers) {
                Result result = results.current();
                for (RowPage page = result == null ? null : result.poll(); page != null; page = result.poll()) {
                    for (int i = 0; i < page.size(); i++) {
                        Row row = page.keep(result.plan(), i);
                        rows.add(row);
                        texts.add(row.toString());
                    }
                }
            }
        }

        void assertRead(Transcript transcript, String where) {
            take();
            assertNull(conversation.ended(), where);
            assertEquals(transcript.rows, texts, where);
            assertEquals(transcript.rows, rows.stream().map(Row::toString).toList(), where);
            assertEquals(transcript.notices, events.told.size(), where);
            for (Results results : answers) {
                assertTrue(results.isDone(), where);
                assertNull(results.failure(), where);
            }
            channel.finishAndReleaseAll();
        }
    }

    /** What a server sends to answer some queries, with notices in between. */
    private static final class Transcript {
        final List<String> rows = new ArrayList<>();
        final byte[] bytes;
        final int queries;
        int notices;

        Transcript(Random random, int queries, int maxRows, int maxText) {
            this.queries = queries;
            List<BackendMessage> messages = new ArrayList<>();
            for (int query = 0; query < queries; query++) {
                messages.add(columns("id", INT4, "name", TEXT));
                int count = random.nextInt(maxRows + 1);
                for (int i = 0; i < count; i++) {
                    String id = "" + random.nextInt();
                    String name = random.nextInt(9) == 0
                            ? null
                            : Character.toString('a' + i % 26).repeat(random.nextInt(maxText + 1));
                    messages.add(row(id, name));
                    rows.add("(" + id + ", " + (name == null ? "null" : "'" + name + "'") + ")");
                    if (random.nextInt(20) == 0) {
                        messages.add(notice("at row " + i));
                        notices++;
                    }
                }
                messages.add(done("SELECT " + count));
                messages.add(READY);
            }
            bytes = bytes(messages);
        }
    }

    @Test
    void aTranscriptSplitAnywhereReadsTheSame() {
        Transcript transcript = new Transcript(new Random(1), 3, 110, 12);
        assertTrue(transcript.rows.size() > 100 && transcript.notices > 3);
        for (int split = 0; split <= transcript.bytes.length; split++) {
            Client client = new Client(transcript.queries);
            client.receive(transcript.bytes, 0, split);
            client.receive(transcript.bytes, split, transcript.bytes.length);
            client.assertRead(transcript, "split at " + split);
        }
    }

    @Test
    void aTranscriptByteByByteReadsTheSame() {
        Transcript transcript = new Transcript(new Random(2), 3, 200, 20);
        Client client = new Client(transcript.queries);
        for (int i = 0; i < transcript.bytes.length; i++) {
            client.receive(transcript.bytes, i, i + 1);
        }
        client.assertRead(transcript, "byte by byte");
    }

    /** The arrays that bytes are put into are used again: no row that was handed out may ever change. */
    @Test
    void rowsNeverChangeHoweverTheBytesArriveAndWhateverFollows() {
        Seed seed = Seed.take();
        Random random = seed.random();
        for (int round = 0; round < 60; round++) {
            int maxText = new int[] {5, 300, 5_000, 60_000}[round % 4];
            Transcript transcript = new Transcript(random, 4, maxText > 1_000 ? 20 : 400, maxText);
            Client client = new Client(transcript.queries);
            int maxChunk = 1 + random.nextInt(random.nextBoolean() ? 100 : 70_000);
            for (int from = 0; from < transcript.bytes.length; ) {
                int to = Math.min(transcript.bytes.length, from + 1 + random.nextInt(maxChunk));
                client.receive(transcript.bytes, from, to);
                from = to;
                if (random.nextInt(4) == 0) {
                    client.take();
                }
            }
            // Rows are taken query by query only because every query was read to its end before the next began.
            client.assertRead(transcript, seed + " round " + round);
        }
    }

    @Test
    void aFrameOfSeveralMegabytesArrivesWhole() {
        String large = "x".repeat(5_000_000);
        byte[] bytes = bytes(columns("a", TEXT), row("before"), row(large), row("after"), done("SELECT 3"), READY);
        Client client = new Client(1);
        for (int from = 0; from < bytes.length; from += 50_000) {
            client.receive(bytes, from, Math.min(bytes.length, from + 50_000));
        }
        client.take();
        assertEquals(
                List.of("before", large, "after"),
                client.rows.stream().map(row -> row.getString(0)).toList());
        assertTrue(client.answers.get(0).isDone());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, (1 << 30) + 3})
    void aLengthThatNoMessageHasEndsTheConversation(int length) {
        for (char tag : "DTZ".toCharArray()) {
            Client client = new Client(1);
            client.receive(frame(tag, length));
            ProtocolViolationException end =
                    assertInstanceOf(ProtocolViolationException.class, client.conversation.ended());
            assertTrue(end.getMessage().contains("message '" + tag + "' claims a"), end.getMessage());
            assertEquals(end, client.answers.get(0).failure());
            assertFalse(client.channel.isOpen());
        }
    }

    @Test
    void aLengthThatIsOnlyClaimedTakesNoMemory() {
        Client client = new Client(1);
        byte[] header = frame('T', (1 << 30) + 1);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        client.receive(header);
        client.receive(new byte[10_000]);
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        assertNull(client.conversation.ended());
        assertTrue(taken < 1 << 20, taken + " bytes were taken");
    }

    @Test
    void whoHasNotLetUsInMaySendLittle() {
        for (char tag : "REvZS".toCharArray()) {
            RecordedEvents events = new RecordedEvents();
            Conversation conversation = new Conversation(events);
            EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(conversation, null));
            conversation.add(new StartupExchange(ProtocolVersion.V3_0, ProtocolVersion.V3_0));
            int most = tag == 'E' ? 30_000 : 2_000;
            channel.writeInbound(Unpooled.wrappedBuffer(frame(tag, 4 + most)));
            assertNull(conversation.ended());
            Conversation other = new Conversation(events);
            other.add(new StartupExchange(ProtocolVersion.V3_0, ProtocolVersion.V3_0));
            EmbeddedChannel second = new EmbeddedChannel(new FrameDecoder(other, null));
            second.writeInbound(Unpooled.wrappedBuffer(frame(tag, 5 + most)));
            assertInstanceOf(ProtocolViolationException.class, other.ended());
        }
    }

    private static EmbeddedChannel greeting(Conversation conversation) {
        conversation.add(new StartupExchange(ProtocolVersion.V3_0, ProtocolVersion.V3_0));
        return new EmbeddedChannel(new FrameDecoder(conversation, null));
    }

    @Test
    void anErrorWithoutALengthIsReadUpToItsZeroByteHoweverItArrives() {
        for (String text : List.of(
                "could not fork new process for connection: Resource temporarily unavailable\n",
                "sorry, too many clients already\n",
                "трудности",
                "abc")) {
            byte[] bytes = utf8("E" + text + '\0');
            for (int cut = 0; cut <= bytes.length; cut++) {
                Conversation conversation = new Conversation(new RecordedEvents());
                EmbeddedChannel channel = greeting(conversation);
                channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, cut));
                assertEquals(cut == bytes.length, conversation.ended() != null, text + " cut at " + cut);
                if (cut < bytes.length) {
                    channel.writeInbound(Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
                }
                ConnectionFailureException ended =
                        assertInstanceOf(ConnectionFailureException.class, conversation.ended());
                assertEquals("the server refused the connection: " + text.strip(), ended.getMessage());
                assertEquals("08004", ended.sqlState());
                assertFalse(channel.isOpen());
                channel.finishAndReleaseAll();
            }
        }
    }

    @Test
    void anErrorWithoutALengthHasTheLimitOfLibpq() {
        Conversation conversation = new Conversation(new RecordedEvents());
        EmbeddedChannel channel = greeting(conversation);
        channel.writeInbound(Unpooled.wrappedBuffer(utf8("E" + "x".repeat(30_000))));
        assertNull(conversation.ended());
        channel.writeInbound(Unpooled.wrappedBuffer(utf8("x")));
        assertInstanceOf(ProtocolViolationException.class, conversation.ended());
        assertTrue(
                conversation.ended().getMessage().contains("30000"),
                conversation.ended().getMessage());
        channel.finishAndReleaseAll();
    }

    @Test
    void anErrorWithoutALengthIsNoneOnceTheServerHasLetUsIn() {
        Conversation conversation = new Conversation(new RecordedEvents());
        EmbeddedChannel channel = greeting(conversation);
        channel.writeInbound(Unpooled.wrappedBuffer(bytes(Authentication.Request.OK)));
        channel.writeInbound(Unpooled.wrappedBuffer(utf8("Esorry\0")));
        assertInstanceOf(ProtocolViolationException.class, conversation.ended());
        channel.finishAndReleaseAll();
    }

    @Test
    void everyUnknownTagEndsTheConversation() {
        String known = "DCZTtENASRKvGHWdV123nIsc";
        int unknown = 0;
        for (int tag = 0; tag < 256; tag++) {
            if (known.indexOf(tag) < 0) {
                unknown++;
                Client client = new Client(1);
                client.receive(frame((char) tag, 4));
                assertInstanceOf(ProtocolViolationException.class, client.conversation.ended(), "tag " + tag);
                assertFalse(client.channel.isOpen());
            }
        }
        assertEquals(232, unknown);
    }

    @Test
    void nothingIsReadBehindAViolation() {
        Client client = new Client(1);
        byte[] good = bytes(notice("one"));
        byte[] bad = frame('?', 4);
        byte[] all = new byte[good.length * 2 + bad.length];
        System.arraycopy(good, 0, all, 0, good.length);
        System.arraycopy(bad, 0, all, good.length, bad.length);
        System.arraycopy(good, 0, all, good.length + bad.length, good.length);
        client.receive(all);
        assertEquals(1, client.events.told.size());
    }

    @Test
    void theEndOfTheStreamFailsWhoWaitsAndKeepsTheRowsThatCame() {
        Client client = new Client(2);
        client.receive(bytes(columns("a", TEXT), row("x"), row("y")));
        byte[] half = bytes(row("z"));
        client.receive(half, 0, half.length - 1);
        client.channel.close();
        client.take();
        assertEquals(List.of("('x',)", "('y',)"), client.texts);
        PgException cause = assertInstanceOf(ConnectionFailureException.class, client.conversation.ended());
        for (Results results : client.answers) {
            assertTrue(results.isDone());
            PgException told = assertInstanceOf(ConnectionFailureException.class, results.failure());
            assertEquals(cause.getMessage(), told.getMessage());
        }
        assertFalse(client.answers.get(0).current().isComplete());
    }

    @Test
    void anErrorOfTheSocketIsTheCause() {
        Client client = new Client(1);
        client.channel.pipeline().fireExceptionCaught(new java.io.IOException("Connection reset"));
        assertTrue(client.conversation.ended().getMessage().contains("Connection reset"));
        assertFalse(client.channel.isOpen());
    }

    private static byte[] frame(char tag, int length) {
        return new byte[] {(byte) tag, (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
        };
    }

    /** Whatever it is, the rest of the read is lost with it. */
    @Test
    void anErrorWhileBytesAreReadEndsTheConversation() {
        ServerState events = new ServerState();
        Error onPurpose = new StackOverflowError("on purpose");
        events.onNotice(told -> {
            throw onPurpose;
        });
        Conversation conversation = new Conversation(events);
        byte[] notices = bytes(notice("one"), notice("two"));
        new FrameDecoder(conversation, null).read(ByteBuffer.wrap(notices));
        ConnectionFailureException ended = assertInstanceOf(ConnectionFailureException.class, conversation.ended());
        assertSame(onPurpose, ended.getCause());
    }
}
