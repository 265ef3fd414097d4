package dev.pgwire.internal.session;

import static dev.pgwire.fixture.Flow.bind;
import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.LeakDetection;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Backend;
import dev.pgwire.internal.request.ExecuteMany;
import dev.pgwire.internal.request.SimpleQuery;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import java.lang.ref.Reference;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left of an answer when the connection is needed for something else. */
class SettingAsideTest {
    private static final String FIRST = "x".repeat(70_000);
    private static final String MILLION = "x".repeat(1_000_000);
    private static final String BATCH = "SELECT $1";

    private final Backend server = new Backend();

    @AfterEach
    void close() {
        server.close();
    }

    private Results begun() {
        SimpleQuery query = new SimpleQuery(server.dispatch(), "SELECT a", SqlShape.of("SELECT a", false));
        Backend.drive(query);
        server.heard();
        server.says(columns("a", INT4), row(FIRST));
        return server.ends(query);
    }

    /** Of four wide sets three are sent, and the results of the first are more than may be kept. */
    private Results halfSent() {
        server.keeps(BATCH, columns("text", TEXT), TEXT);
        ExecuteMany many = new ExecuteMany(
                server.dispatch(),
                BATCH,
                Collections.nCopies(4, new Object[] {"x".repeat(30_000)}).iterator());
        assertFalse(many.advance());
        server.heard();
        server.says(Signal.BIND_COMPLETE);
        saysTooMuch();
        assertTrue(Backend.drive(many));
        return server.ends(many);
    }

    private void saysTooMuch() {
        for (long bytes = 0; bytes <= Results.MOST_SET_ASIDE; bytes += MILLION.length()) {
            server.says(row(MILLION));
        }
    }

    private RowStream reader(Results results) {
        return new RowStream(null, results);
    }

    private SettingAside settingAside(Results results, RowStream reader) {
        return new SettingAside(server.dispatch(), OpenAnswer.of(results, reader, "SELECT a", LeakDetection.OFF));
    }

    @Test
    void rowsAreKeptUntilTheEnd() {
        Results results = begun();
        RowStream reader = reader(results);
        SettingAside aside = settingAside(results, reader);
        server.isWaitedFor(aside);
        assertFalse(aside.isWriting());
        server.says(row("1"), done("SELECT 2"));
        server.isWaitedFor(aside);
        server.says(READY);
        assertTrue(server.ends(aside));
        assertFalse(results.isDiscarded());
        assertEquals(2, server.rows(results).size());
        Reference.reachabilityFence(reader);
    }

    @Test
    void tooManyRowsAreNotSetAside() {
        Results results = begun();
        RowStream reader = reader(results);
        SettingAside aside = settingAside(results, reader);
        server.isWaitedFor(aside);
        saysTooMuch();
        assertFalse(server.ends(aside));
        Reference.reachabilityFence(reader);
    }

    @Test
    void theFailureIsKeptWithTheRows() {
        Results results = begun();
        RowStream reader = reader(results);
        SettingAside aside = settingAside(results, reader);
        server.isWaitedFor(aside);
        server.says(error("22012", "division by zero"), READY);
        assertTrue(server.ends(aside));
        assertEquals("22012", ((DatabaseException) results.failure()).sqlState());
        Reference.reachabilityFence(reader);
    }

    @Test
    void anAnswerThatIsLostHasEnded() {
        Results results = begun();
        SettingAside aside = settingAside(results, reader(results));
        server.isWaitedFor(aside);
        server.leaves();
        assertTrue(server.ends(aside));
        assertTrue(results.failure() instanceof ConnectionFailureException);
    }

    @Test
    void aBatchThatIsHalfSentAndTooMuchIsNotSentOn() {
        Results results = halfSent();
        RowStream reader = reader(results);
        assertFalse(server.ends(settingAside(results, reader)));
        Reference.reachabilityFence(reader);
    }

    @Test
    void aBatchThatIsHalfSentIsSentToItsEnd() {
        Results results = halfSent();
        results.discard();
        SettingAside aside = settingAside(results, reader(results));
        server.isAsked(aside, bind(1, true, "x".repeat(30_000)), new Execute("", 0), Command.SYNC);
        server.says(done("SELECT 9"));
        for (int i = 0; i < 3; i++) {
            server.says(Signal.BIND_COMPLETE, done("SELECT 0"));
        }
        server.says(READY);
        assertTrue(server.ends(aside));
    }

    @Test
    void theRestOfABatchMayBeRefused() {
        Results results = halfSent();
        results.discard();
        server.gate().refuse();
        SettingAside aside = settingAside(results, reader(results));
        server.fails(QueryCanceledException.class, aside);
    }
}
