package dev.pgwire.internal.answer;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Backend;
import dev.pgwire.internal.request.SimpleQuery;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.frontend.Query;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that are read on, once their statement has returned with a first row that is large enough. */
class AnswerReadingTest {
    private static final String SQL = "SELECT a; SELECT b";
    private static final String FIRST = "x".repeat(70_000);
    private static final String MILLION = "x".repeat(1_000_000);

    private final Backend server = new Backend();

    @AfterEach
    void close() {
        server.close();
    }

    private SimpleQuery query() {
        return new SimpleQuery(server.dispatch(), SQL, SqlShape.of(SQL, false));
    }

    private Results begun(BackendMessage... more) {
        SimpleQuery query = query();
        server.isAsked(query, new Query(SQL));
        server.says(columns("a", INT4), row(FIRST));
        Results results = server.ends(query);
        assertEquals(1, server.rows(results).size());
        server.says(more);
        return results;
    }

    private static Result current(Results results) {
        return Objects.requireNonNull(results.current());
    }

    private NextRows nextRows(Results results) {
        return new NextRows(server.dispatch(), results, current(results));
    }

    /** More rows than may be kept. */
    private void saysTooMuch() {
        for (long bytes = 0; bytes <= Results.MOST_SET_ASIDE; bytes += MILLION.length()) {
            server.says(row(MILLION));
        }
    }

    @Test
    void rowsAreTakenAsTheyCome() {
        Results results = begun();
        NextRows next = nextRows(results);
        assertTrue(next.isWriting());
        server.isWaitedFor(next);
        assertFalse(next.isWriting());
        server.says(row("1"), row("2"));
        assertNotNull(server.ends(next));
        server.says(done("SELECT 3"), READY);
        assertNull(server.ends(nextRows(results)));
    }

    @Test
    void theEndOfTheLastResultIsWaitedForUntilTheServerIsDone() {
        Results results = begun(done("SELECT 1"));
        NextRows next = nextRows(results);
        server.isWaitedFor(next);
        server.says(error("40001", "could not serialize"), READY);
        server.fails(DatabaseException.class, next);
    }

    @Test
    void theFailureComesBehindTheRows() {
        Results results = begun(row("1"), error("22012", "division by zero"), READY);
        assertNotNull(server.ends(nextRows(results)));
        NextRows next = nextRows(results);
        assertEquals("22012", server.fails(DatabaseException.class, next).sqlState());
    }

    @Test
    void rowsThatWereOnTheirWayAreLostWithTheConnection() {
        NextRows next = nextRows(begun());
        server.isWaitedFor(next);
        server.leaves();
        server.fails(ConnectionFailureException.class, next);
    }

    @Test
    void theNextResultIsGoneOnTo() {
        Results results = begun(row("1"));
        NextResult next = new NextResult(server.dispatch(), results);
        server.isWaitedFor(next);
        server.says(done("SELECT 2"), columns("b", INT4), row("9"));
        assertTrue(server.ends(next));
        assertEquals(List.of("(9,)"), server.rows(results));
        server.says(done("SELECT 1"), READY);
        assertFalse(server.ends(new NextResult(server.dispatch(), results)));
    }

    @Test
    void theNextResultMayBeTheFailure() {
        Results results = begun();
        NextResult next = new NextResult(server.dispatch(), results);
        server.isWaitedFor(next);
        server.says(done("SELECT 1"), error("22012", "division by zero"), READY);
        server.fails(DatabaseException.class, next);
    }

    @Test
    void theNextResultMayBeLost() {
        NextResult next = new NextResult(server.dispatch(), begun());
        server.isWaitedFor(next);
        server.leaves();
        server.fails(ConnectionFailureException.class, next);
    }

    @Test
    void aResultIsCompleteWhenTheNextOneBegins() {
        Results results = begun();
        Completion completion = Completion.of(server.dispatch(), results, current(results));
        server.isWaitedFor(completion);
        server.says(row("1"), done("SELECT 2"));
        server.isWaitedFor(completion);
        server.says(columns("b", INT4));
        server.ends(completion);
        assertFalse(results.isDone());
    }

    @Test
    void allResultsAreCompleteWhenTheServerIsDone() {
        Results results = begun(row("1"), done("SELECT 2"), columns("b", INT4));
        Completion completion = Completion.of(server.dispatch(), results);
        server.isWaitedFor(completion);
        server.says(done("SELECT 0"), READY);
        server.ends(completion);
        assertTrue(results.isDone());
    }

    @Test
    void aCompletionGivesUpWhereItWouldTakeTooMuchMemory() {
        Results results = begun();
        Completion completion = Completion.of(server.dispatch(), results);
        saysTooMuch();
        server.ends(completion);
        assertFalse(results.isDone());
    }

    @Test
    void anAnswerThatIsLostIsComplete() {
        Results results = begun();
        Completion completion = Completion.of(server.dispatch(), results);
        Ending ending = new Ending(server.dispatch(), results);
        server.isWaitedFor(completion);
        server.isWaitedFor(ending);
        server.leaves();
        server.ends(completion);
        server.ends(ending);
        assertTrue(results.failure() instanceof ConnectionFailureException);
    }

    @Test
    void anEndingReadsWhateverComes() {
        Results results = begun();
        results.discard();
        Ending ending = new Ending(server.dispatch(), results);
        saysTooMuch();
        server.isWaitedFor(ending);
        server.says(done("SELECT 9"), READY);
        server.ends(ending);
    }

    @Test
    void aWholeAnswerHasAllRows() {
        WholeAnswer<Results> whole = new WholeAnswer<>(server.dispatch(), query(), results -> results);
        assertTrue(whole.isWriting());
        server.isAsked(whole, new Query(SQL));
        assertFalse(whole.isWriting());
        server.says(columns("a", INT4), row(FIRST));
        server.isWaitedFor(whole);
        server.says(row("1"), done("SELECT 2"), READY);
        assertEquals(2, server.rows(server.ends(whole)).size());
    }

    @Test
    void aWholeAnswerFailsAsTheStatementDoes() {
        WholeAnswer<Results> whole = new WholeAnswer<>(server.dispatch(), query(), results -> results);
        server.isAsked(whole, new Query(SQL));
        server.says(columns("a", INT4), row(FIRST));
        server.isWaitedFor(whole);
        server.says(error("22012", "division by zero"), READY);
        assertEquals("22012", server.fails(DatabaseException.class, whole).sqlState());
    }

    @Test
    void aWholeAnswerMayNotBeSent() {
        server.gate().refuse();
        server.fails(QueryCanceledException.class, new WholeAnswer<>(server.dispatch(), query(), results -> results));
    }

    @Test
    void aWholeAnswerIsLostWithTheConnection() {
        WholeAnswer<Results> whole = new WholeAnswer<>(server.dispatch(), query(), results -> results);
        server.isAsked(whole, new Query(SQL));
        server.says(columns("a", INT4), row(FIRST));
        server.isWaitedFor(whole);
        server.leaves();
        server.fails(ConnectionFailureException.class, whole);
    }

    @Test
    void aWholeAnswerThatIsTooMuchIsReadToItsEndAndRefused() {
        WholeAnswer<Results> whole = new WholeAnswer<>(server.dispatch(), query(), results -> results);
        server.isAsked(whole, new Query(SQL));
        server.says(columns("a", INT4));
        saysTooMuch();
        server.isWaitedFor(whole);
        saysTooMuch();
        server.isWaitedFor(whole);
        server.says(done("SELECT 9"), READY);
        InterfaceException refused = server.fails(InterfaceException.class, whole);
        assertSame(InterfaceException.class, refused.getClass());
    }
}
