package dev.pgwire.internal.request;

import static dev.pgwire.fixture.Messages.FAILED;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.fixture.Backend;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.type.PgType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TypeLookupTest {
    private static final String SQL = "SELECT mood FROM t";
    private static final int MOOD = 90_000;
    private static final RowDescription ANSWER = columns(
            "oid",
            26,
            "nspname",
            19,
            "typname",
            19,
            "typtype",
            25,
            "text",
            16,
            "typelem",
            26,
            "typdelim",
            25,
            "typbasetype",
            26,
            "subtype",
            26,
            "names",
            1009,
            "types",
            1028);

    private final Backend server = new Backend();

    @AfterEach
    void close() {
        server.close();
    }

    /** A statement with a column of the unknown type, which the server has described. */
    private Preparing described() {
        Preparing preparing = Preparing.of(
                server.dispatch(), SQL, server.dispatch().preparation().shape(SQL));
        Backend.drive(preparing);
        server.heard();
        server.says(Signal.PARSE_COMPLETE, new ParameterDescription(new int[0]), columns("mood", MOOD), READY);
        return preparing;
    }

    private void asks(Preparing preparing) {
        assertFalse(Backend.drive(preparing));
        List<FrontendMessage> sent = server.heard();
        assertEquals(1, sent.size());
        String sql = assertInstanceOf(Query.class, sent.get(0)).sql();
        assertTrue(sql.contains("'{90000}'"), sql);
    }

    private static BackendMessage[] mood() {
        return new BackendMessage[] {
            ANSWER, row("90000", "public", "mood", "e", "f", "0", ",", "0", "0", "{}", "{}"), done("SELECT 1"), READY
        };
    }

    private Format format(Preparing preparing) {
        return server.ends(preparing).resultFormats()[0];
    }

    @Test
    void whatIsUnknownIsAskedForAndThenKnown() {
        Preparing first = described();
        asks(first);
        server.says(mood());
        assertEquals(Format.BINARY, format(first));
        assertEquals(
                new PgType.Enumeration(MOOD, "public", "mood"),
                server.dispatch().types().type(MOOD));
        assertEquals(Format.BINARY, format(described()));
    }

    @Test
    void whatTheServerHasNotIsText() {
        Preparing first = described();
        asks(first);
        server.says(ANSWER, done("SELECT 0"), READY);
        assertEquals(Format.TEXT, format(first));
        assertEquals(Format.TEXT, format(described()));
    }

    @Test
    void aServerThatRefusesIsNotAskedAgain() {
        Preparing first = described();
        asks(first);
        server.says(error("42P01", "relation \"pg_catalog.pg_range\" does not exist"), READY);
        assertEquals(Format.TEXT, format(first));
        assertEquals(Format.TEXT, format(described()));
    }

    @Test
    void aRefusalThatFailsTheTransactionIsTold() {
        server.in(TransactionStatus.IN_TRANSACTION);
        Preparing first = described();
        server.in(TransactionStatus.IN_TRANSACTION);
        asks(first);
        server.says(error("42P01", "relation \"pg_catalog.pg_range\" does not exist"), FAILED);
        server.fails(DatabaseException.class, first);
    }

    @Test
    void whileAnotherConnectionAsksItIsWaitedForAndItsAnswerTaken() {
        AtomicInteger woken = new AtomicInteger();
        assertTrue(server.dispatch().types().catalogue().mayAsk(new int[] {MOOD}, woken::incrementAndGet));
        Preparing waiting = described();
        assertFalse(Backend.drive(waiting));
        assertEquals(List.of(), server.heard());
        server.dispatch()
                .types()
                .catalogue()
                .learn(new int[] {MOOD}, Map.of(MOOD, new PgType.Enumeration(MOOD, "public", "mood")));
        server.dispatch().types().catalogue().ended(new int[] {MOOD});
        assertTrue(waiting.getAsBoolean());
        assertEquals(Format.BINARY, format(waiting));
        assertEquals(0, woken.get());
    }

    @Test
    void oneThatGetsNoAnswerIsWaitedForInVainButNotForEver() throws InterruptedException {
        assertTrue(server.dispatch().types().catalogue().mayAsk(new int[] {MOOD}, () -> {}));
        Preparing waiting = described();
        assertFalse(Backend.drive(waiting));
        assertEquals(List.of(), server.heard());
        while (!waiting.getAsBoolean()) {
            Thread.sleep(1);
        }
        asks(waiting);
        server.says(mood());
        assertEquals(Format.BINARY, format(waiting));
    }

    @Test
    void aQuestionThatIsLostLetsOthersAsk() {
        Preparing first = described();
        asks(first);
        server.leaves();
        assertTrue(Backend.drive(first));
        assertNull(server.dispatch().types().type(MOOD));
        assertTrue(server.dispatch().types().catalogue().mayAsk(new int[] {MOOD}, () -> {}));
    }
}
