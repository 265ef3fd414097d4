package dev.pgwire.internal.net;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.bytes;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.QueryExchange;
import dev.pgwire.internal.exchange.RecordedEvents;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Frames that need an array of their own, read row by row as a cursor does, each page given back before the next. */
class LargeFrameTest {
    private static final int READ = 64 * 1024;
    private static final int LARGE = 3_000_000;

    private final Conversation conversation = new Conversation(new RecordedEvents());
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(conversation, null));
    private final List<Row> kept = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private Results answer = new Results();
    private @Nullable RowPage used;
    private int keepEvery = Integer.MAX_VALUE;
    private int read;

    private void ask() {
        answer = new Results();
        conversation.add(new QueryExchange("SELECT", answer, messages -> {}, new RowPlanner(TypeRegistry.builtin())));
    }

    private void receive(byte[] bytes) {
        for (int from = 0; from < bytes.length; from += READ) {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes, from, Math.min(READ, bytes.length - from)));
            read();
        }
        giveBack();
    }

    private void read() {
        conversation.deliver();
        Result result = answer.current();
        for (RowPage page = result == null ? null : result.poll(); page != null; page = result.poll()) {
            giveBack();
            PageRow row = PageRow.movable(Objects.requireNonNull(result.plan()));
            for (int i = 0; i < page.size(); i++) {
                row.moveTo(page, i);
                texts.add(shown(row.getString(0)));
                if (++read % keepEvery == 0) {
                    kept.add(page.keep(result.plan(), i));
                }
            }
            used = page;
        }
    }

    private void giveBack() {
        if (used != null) {
            used.giveBack();
            used = null;
        }
    }

    /** Enough to notice that one byte is another. */
    private static String shown(@Nullable String text) {
        String read = Objects.requireNonNull(text);
        return read.length() + " " + read.hashCode();
    }

    private static byte[] answer(List<String> fields) {
        List<BackendMessage> messages = new ArrayList<>();
        messages.add(columns("a", TEXT));
        fields.forEach(field -> messages.add(row(field)));
        messages.add(done("SELECT " + fields.size()));
        messages.add(READY);
        return bytes(messages);
    }

    private static List<String> fields(int count, int length) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fields.add(Character.toString('a' + i % 26).repeat(length));
        }
        return fields;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private long allocatedBy(byte[] bytes) {
        ask();
        long before = allocated();
        receive(bytes);
        return allocated() - before;
    }

    @Test
    void rowsOfAllSizesNeverChangeWhetherKeptOrNot() {
        Seed seed = Seed.take();
        Random random = seed.random();
        for (int round = 0; round < 12; round++) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int most = new int[] {10, 100_000, 1_048_560, 2_500_000}[random.nextInt(4)];
                int length = most == 1_048_560 ? most - 20 + random.nextInt(40) : random.nextInt(most);
                fields.add(Character.toString('a' + i).repeat(length));
            }
            texts.clear();
            kept.clear();
            read = 0;
            keepEvery = new int[] {1, 3, Integer.MAX_VALUE}[round % 3];
            ask();
            receive(answer(fields));
            String where = seed + " round " + round;
            assertNull(conversation.ended(), where);
            assertTrue(answer.isDone(), where);
            assertEquals(fields.stream().map(LargeFrameTest::shown).toList(), texts, where);
            for (int i = 0; i < kept.size(); i++) {
                assertEquals(fields.get((i + 1) * keepEvery - 1), kept.get(i).getString(0), where);
            }
        }
    }

    @Test
    void aRowThatWasReadLeavesItsArrayToTheNext() {
        long one = allocatedBy(answer(fields(1, LARGE)));
        long ten = allocatedBy(answer(fields(10, LARGE)));
        // The text of each row is a String of its own.
        assertTrue(ten - one < 9 * (LARGE + LARGE / 4L), one + " bytes for one row, " + ten + " for ten");
    }

    @Test
    void aRowForKeepsHasItsArrayToItself() {
        keepEvery = 1;
        ask();
        receive(answer(fields(3, LARGE)));
        assertEquals(
                fields(3, LARGE), kept.stream().map(row -> row.getString(0)).toList());
    }

    @Test
    void whatALargeFrameNeededIsGivenUpWithTheAnswer() {
        allocatedBy(answer(fields(3, LARGE)));
        assertNull(conversation.large(LARGE));
        conversation.dropLarge();
        long again = allocatedBy(answer(fields(1, LARGE)));
        assertTrue(again > 2L * LARGE, again + " bytes");
    }

    @Test
    void aLargeFrameThatIsOnlyClaimedTakesLittleMemoryBehindOnesThatCame() {
        ask();
        byte[] begun = bytes(columns("a", TEXT), row("x".repeat(LARGE)));
        receive(begun);
        long before = allocated();
        receive(new byte[] {'D', 1 << 5, 0, 0, 0});
        receive(new byte[READ]);
        long taken = allocated() - before;
        assertNull(conversation.ended());
        assertNotNull(answer.current());
        assertTrue(taken < 1 << 20, taken + " bytes were taken");
    }
}
