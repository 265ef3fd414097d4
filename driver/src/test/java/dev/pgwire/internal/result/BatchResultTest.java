package dev.pgwire.internal.result;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.fixture.Messages;
import dev.pgwire.internal.exchange.BatchExchange;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.RecordedEvents;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.testing.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many small results in shared pages, told apart again. */
class BatchResultTest {
    private final RowPlan plan = new RowPlanner(TypeRegistry.builtin()).asDescribed(columns("id", INT4));
    private final Conversation conversation = new Conversation(new RecordedEvents());
    private final Results results = new Results();
    private final BatchExchange batch = new BatchExchange("SELECT", results, plan);

    BatchResultTest() {
        conversation.add(batch);
        batch.expectSync();
    }

    /** What one read of the socket gave, in one array. */
    private void receive(List<BackendMessage> messages) {
        byte[] bytes = Messages.bytes(messages);
        int at = 0;
        for (BackendMessage message : messages) {
            if (message instanceof DataRow) {
                int end = conversation.rows(bytes, at, bytes.length);
                at = Math.max(at, end);
            } else {
                conversation.receive(message);
                at += Messages.bytes(message).length;
            }
        }
        conversation.deliver();
    }

    private void receive(BackendMessage... messages) {
        receive(List.of(messages));
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        Result result = results.current();
        for (RowSlice slice = result.nextRows(); slice != null; slice = result.nextRows()) {
            for (int i = slice.from(); i < slice.to(); i++) {
                rows.add(slice.page().keep(plan, i).toString());
            }
        }
        return rows;
    }

    @Test
    void ofABatchThatIsForgottenNothingIsKeptForEachSet() {
        batch.expectExecutions(1_001);
        receive(Signal.BIND_COMPLETE, row("1"), done("SELECT 1"));
        results.discard();
        long before = results.unreadBytes();
        for (int i = 0; i < 1_000; i++) {
            receive(Signal.BIND_COMPLETE, row("2"), done("SELECT 1"));
        }
        receive(READY);
        assertEquals(before, results.unreadBytes());
        assertEquals(1_001, results.counts().size());
        assertTrue(results.isDone());
    }

    @Test
    void resultsOfOneReadShareAPage() {
        batch.expectExecutions(2);
        receive(
                Signal.BIND_COMPLETE,
                row("1"),
                done("SELECT 1"),
                Signal.BIND_COMPLETE,
                row("2"),
                done("SELECT 1"),
                READY);
        RowSlice first = results.current().nextRows();
        results.advance();
        RowSlice second = results.current().nextRows();
        assertSame(first.page(), second.page());
        assertFalse(first.endsPage());
        assertTrue(second.endsPage());
    }

    @Test
    void everySetHasItsRowsHoweverTheyArriveAndWhicheverAreSkipped() {
        Seed seed = Seed.take();
        Random random = seed.random();
        int sets = 2_000;
        batch.expectExecutions(sets);
        int[] sizes = random.ints(sets, 0, 5).toArray();
        List<BackendMessage> pending = new ArrayList<>();
        List<List<String>> seen = new ArrayList<>();
        List<List<String>> expected = new ArrayList<>();
        int number = 0;
        boolean begun = false;
        for (int set = 0; set < sets; set++) {
            pending.add(Signal.BIND_COMPLETE);
            List<String> all = new ArrayList<>();
            for (int i = 0; i < sizes[set]; i++) {
                pending.add(row(String.valueOf(number)));
                all.add("(" + number++ + ",)");
                cut(random, pending);
            }
            expected.add(all);
            pending.add(done("SELECT " + sizes[set]));
            cut(random, pending);
            while (random.nextInt(3) > 0 && (begun ? results.hasNext() : results.current() != null)) {
                if (begun) {
                    results.current().skip();
                    results.advance();
                }
                begun = true;
                boolean read = results.current().isComplete() && random.nextInt(4) > 0;
                seen.add(read ? rows() : null);
            }
        }
        pending.add(READY);
        receive(pending);
        while (begun ? results.hasNext() : results.current() != null) {
            if (begun) {
                results.advance();
            }
            begun = true;
            seen.add(rows());
        }
        assertEquals(sets, seen.size());
        for (int set = 0; set < sets; set++) {
            if (seen.get(set) != null) {
                assertEquals(expected.get(set), seen.get(set), "set " + set + ", " + seed);
            }
        }
        results.advance();
        assertNull(results.current());
        assertEquals(0, results.unreadBytes());
    }

    private void cut(Random random, List<BackendMessage> pending) {
        if (random.nextInt(3) == 0) {
            receive(pending);
            pending.clear();
        }
    }

    @Test
    void aResultThatIsSkippedKeepsNoneOfTheRowsThatFollow() {
        batch.expectExecutions(2);
        receive(Signal.BIND_COMPLETE, row("1"));
        results.current().skip();
        receive(row("2"), row("3"));
        assertEquals(0, results.unreadBytes());
        receive(row("4"), done("SELECT 4"), Signal.BIND_COMPLETE, row("5"));
        results.advance();
        assertEquals(List.of("(5,)"), rows());
    }

    @Test
    void aCommitThatFailsIsNotBlamedOnASet() {
        batch.expectExecutions(1);
        receive(Signal.BIND_COMPLETE, done("SELECT 0"), error("23503", "deferred"), READY);
        assertNull(((DatabaseException) results.failure()).place());
    }

    @Test
    void theSetThatFailsIsNamedAndTheRowsBeforeTheFailureStay() {
        batch.expectExecutions(2);
        receive(Signal.BIND_COMPLETE, row("1"), done("SELECT 1"), Signal.BIND_COMPLETE, row("2"));
        receive(error("22012", "division by zero"), READY);
        assertEquals(List.of("(1,)"), rows());
        results.advance();
        assertEquals(List.of("(2,)"), rows());
        assertFalse(results.current().isComplete());
        results.advance();
        assertNull(results.current());
        DatabaseException failure = (DatabaseException) results.failure();
        assertNotNull(failure);
        assertEquals("set 1 of executeMany", failure.place());
        assertTrue(String.valueOf(failure.getMessage()).endsWith("\nIN: set 1 of executeMany"), failure.getMessage());
        assertEquals("ERROR:  division by zero", failure.report());
    }

    @Test
    void discardedResultsAreForgottenAndStillCounted() {
        batch.expectExecutions(2);
        receive(Signal.BIND_COMPLETE, row("1"), done("SELECT 1"), Signal.BIND_COMPLETE, row("2"));
        results.discard();
        receive(row("3"), done("SELECT 2"), READY);
        assertEquals(List.of(), rows());
        assertFalse(results.current().hasPage());
        assertArrayEquals(new long[] {1, 2}, results.counts().toArray());
    }

    @Test
    void countsAreKeptOnlyAsFarAsTheyDiffer() {
        for (int different : new int[] {0, 1, 15, 16, 17, 40, 100}) {
            RowCounts counts = new RowCounts();
            List<Long> expected = new ArrayList<>(Collections.nCopies(different, 1L));
            for (int i = 0; i < different; i++) {
                counts.add(1);
            }
            for (long i = 0; i < 60; i++) {
                counts.add(i - 1);
                expected.add(i - 1);
            }
            assertArrayEquals(expected.stream().mapToLong(Long::longValue).toArray(), counts.toArray());
            assertEquals(different + 60, counts.size());
        }
        assertArrayEquals(new long[0], new RowCounts().toArray());
    }
}
