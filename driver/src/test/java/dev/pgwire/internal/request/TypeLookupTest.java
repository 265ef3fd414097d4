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
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Prepare;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.fixture.Backend;
import dev.pgwire.internal.pipeline.Enqueueing;
import dev.pgwire.internal.pipeline.PipelineQueue;
import dev.pgwire.internal.pipeline.PipelineSync;
import dev.pgwire.internal.registry.DatabaseTypes;
import dev.pgwire.internal.registry.ProgramCodecs;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.CompositeCodecs;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.type.PgType;
import java.util.ArrayList;
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
    void aRoleWithoutRightsSaysNothingOfOthers() {
        Preparing first = described();
        asks(first);
        server.says(error("42501", "permission denied for table pg_type"), READY);
        assertEquals(Format.TEXT, format(first));
        assertEquals(Format.TEXT, format(described()));
        assertTrue(ofAnotherConnection().isWorthAsking(MOOD));
    }

    private DatabaseTypes ofAnotherConnection() {
        DatabaseTypes types = new DatabaseTypes(
                "scripted " + System.identityHashCode(server), new CompositeCodecs(), ProgramCodecs.NONE);
        assertSame(server.dispatch().types().catalogue(), types.catalogue());
        return types;
    }

    @Test
    void whatAnotherConnectionForgetsIsStillKnownWhereItWasSeen() {
        DatabaseTypes other = ofAnotherConnection();
        Preparing first = described();
        asks(first);
        server.says(mood());
        assertEquals(Format.BINARY, format(first));
        DatabaseTypes third = ofAnotherConnection();
        assertFalse(third.isWorthAsking(MOOD));
        other.noticeChange();
        assertTrue(other.forgetsAll());
        assertTrue(other.isWorthAsking(MOOD));
        assertNotNull(server.dispatch().types().type(MOOD));
        assertNotNull(third.codec(MOOD));
    }

    @Test
    void whatGoesWrongInsideOfTheServerIsAskedForAgain() {
        Preparing first = described();
        asks(first);
        server.says(error("XX000", "cache lookup failed for type 90000"), READY);
        assertEquals(Format.TEXT, format(first));
        assertTrue(server.dispatch().types().isWorthAsking(MOOD));
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
        assertTrue(server.dispatch().types().catalogue().mayAsk(new int[] {MOOD}, this, woken::incrementAndGet));
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
        assertTrue(server.dispatch().types().catalogue().mayAsk(new int[] {MOOD}, this, () -> {}));
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
        assertTrue(server.dispatch().types().catalogue().mayAsk(new int[] {MOOD}, this, () -> {}));
    }

    /** The rows of the unknown type, as text, of a statement that was not described before. */
    private static BackendMessage[] rows() {
        return new BackendMessage[] {
            Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, columns("mood", MOOD), row("glad"), done("SELECT 1")
        };
    }

    private static String typeName(Results results) {
        Result result = results.current();
        return result == null || result.plan() == null
                ? "none"
                : result.plan().columns().get(0).typeName();
    }

    @Test
    void theTypesOfTextAreAskedForWhenItsRowsAreThere() {
        try (Backend never = new Backend(Prepare.NEVER)) {
            Execution execution = new Execution(never.dispatch(), SQL, new Object[0]);
            Backend.drive(execution);
            never.heard();
            never.says(rows());
            never.says(READY);
            assertFalse(Backend.drive(execution));
            assertInstanceOf(Query.class, never.heard().get(0));
            never.says(mood());
            assertEquals("public.mood", typeName(never.ends(execution)));
            Execution second = new Execution(never.dispatch(), SQL, new Object[0]);
            Backend.drive(second);
            never.heard();
            never.says(rows());
            never.says(READY);
            assertEquals("public.mood", typeName(never.ends(second)));
        }
    }

    @Test
    void aStatementDoesNotWaitForTheQuestionOfOneBeforeItOnItsConnection() {
        try (Backend never = new Backend(Prepare.NEVER)) {
            Execution first = new Execution(never.dispatch(), SQL, new Object[0]);
            Backend.drive(first);
            Execution second = new Execution(never.dispatch(), SQL, new Object[0]);
            Backend.drive(second);
            never.heard();
            never.says(rows());
            never.says(READY);
            assertFalse(Backend.drive(first));
            assertInstanceOf(Query.class, never.heard().get(0));
            never.says(rows());
            never.says(READY);
            assertFalse(Backend.drive(second));
            assertInstanceOf(Query.class, never.heard().get(0));
            never.says(mood());
            never.says(mood());
            assertEquals("public.mood", typeName(never.ends(first)));
            assertEquals("public.mood", typeName(never.ends(second)));
        }
    }

    /** What has been executed, in a transaction or not, and whose types are being asked for. */
    private static Execution asksForWhatIsDone(Backend never, TransactionStatus status) {
        Execution execution = new Execution(never.dispatch(), SQL, new Object[0]);
        Backend.drive(execution);
        never.heard();
        never.says(rows());
        never.says(new ReadyForQuery(status));
        assertFalse(Backend.drive(execution));
        assertInstanceOf(Query.class, never.heard().get(0));
        return execution;
    }

    @Test
    void whatIsDoneDoesNotFailWithTheQuestion() {
        try (Backend never = new Backend(Prepare.NEVER)) {
            Execution execution = asksForWhatIsDone(never, TransactionStatus.IDLE);
            never.says(error("57014", "canceling statement due to user request"), READY);
            assertEquals("oid 90000", typeName(never.ends(execution)));
            Execution second = asksForWhatIsDone(never, TransactionStatus.IDLE);
            never.leaves();
            Results results = never.ends(second);
            results.throwFailure();
            assertEquals("oid 90000", typeName(results));
        }
    }

    @Test
    void aQuestionThatFailsTheTransactionIsTold() {
        try (Backend never = new Backend(Prepare.NEVER)) {
            Execution execution = asksForWhatIsDone(never, TransactionStatus.IN_TRANSACTION);
            never.says(error("57014", "canceling statement due to user request"), FAILED);
            never.fails(DatabaseException.class, execution);
        }
    }

    @Test
    void theTypesOfASimpleQueryAreAskedForOnceForAllItsResults() {
        SimpleQuery query = new SimpleQuery(
                server.dispatch(), SQL, server.dispatch().preparation().shape(SQL));
        Backend.drive(query);
        server.heard();
        server.says(columns("a", 25), row("x"), done("SELECT 1"), columns("mood", MOOD), row("glad"), done("SELECT 1"));
        server.says(columns("mood", MOOD), done("SELECT 0"), READY);
        assertFalse(Backend.drive(query));
        assertInstanceOf(Query.class, server.heard().get(0));
        server.says(mood());
        Results results = server.ends(query);
        assertEquals("text", typeName(results));
        results.advance();
        assertEquals("public.mood", typeName(results));
        results.advance();
        assertEquals("public.mood", typeName(results));
    }

    @Test
    void aResultOfMoreRowsThanAreKeptIsReadAsText() {
        SimpleQuery query = new SimpleQuery(
                server.dispatch(), SQL, server.dispatch().preparation().shape(SQL));
        Backend.drive(query);
        server.heard();
        server.says(columns("mood", MOOD));
        byte[] megabyte = new byte[1 << 20];
        long sent = 0;
        while (!Backend.drive(query)) {
            assertTrue(sent <= Results.MOST_SET_ASIDE);
            server.says(row(megabyte));
            sent += megabyte.length;
        }
        assertTrue(sent > Results.MOST_SET_ASIDE / 2);
        Results results = query.result();
        assertFalse(results.isDone());
        assertEquals(List.of(), server.heard());
        assertEquals("oid 90000", typeName(results));
    }

    private static List<String> names(List<FrontendMessage> messages) {
        return messages.stream()
                .map(message -> message instanceof Enum<?> constant
                        ? constant.name()
                        : message.getClass().getSimpleName())
                .toList();
    }

    private ExecuteMany describedInItsSegment() {
        List<Object[]> sets = new ArrayList<>();
        sets.add(new Object[] {"glad"});
        ExecuteMany many = new ExecuteMany(server.dispatch(), "INSERT INTO t VALUES ($1)", sets.iterator());
        Backend.drive(many);
        assertEquals(List.of("Parse", "Describe", "FLUSH"), names(server.heard()));
        server.says(Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {MOOD}), Signal.NO_DATA);
        assertFalse(Backend.drive(many));
        List<FrontendMessage> asked = server.heard();
        assertEquals(List.of("Parse", "Bind", "Describe", "Execute", "Close", "FLUSH"), names(asked));
        assertFalse(((Parse) asked.get(0)).name().isEmpty());
        return many;
    }

    @Test
    void inASegmentTheTypesAreAskedForWithoutAnEndOfIt() {
        ExecuteMany many = describedInItsSegment();
        server.says(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, ANSWER);
        server.says(row("90000", "public", "mood", "e", "f", "0", ",", "0", "0", "{}", "{}"), done("SELECT 1"));
        server.says(Signal.CLOSE_COMPLETE);
        Backend.drive(many);
        assertEquals(List.of("Bind", "Execute", "SYNC"), names(server.heard()));
        server.says(Signal.BIND_COMPLETE, done("INSERT 0 1"), READY);
        server.ends(many).throwFailure();
    }

    @Test
    void inASegmentARefusalEndsItAndIsTold() {
        ExecuteMany many = describedInItsSegment();
        server.says(error("42501", "permission denied for table pg_type"));
        Backend.drive(many);
        assertEquals(List.of("SYNC"), names(server.heard()));
        server.says(READY);
        assertEquals("42501", server.fails(DatabaseException.class, many).sqlState());
    }

    @Test
    void aPipelineAsksInItsSegmentAndForWhatCameAsTextBehindIt() {
        PipelineQueue queue = new PipelineQueue(server.dispatch());
        Enqueueing described = new Enqueueing(server.dispatch(), queue, SQL, new Object[0]);
        Backend.drive(described);
        server.heard();
        server.says(Signal.PARSE_COMPLETE, new ParameterDescription(new int[0]), columns("mood", MOOD));
        assertFalse(Backend.drive(described));
        assertEquals(List.of("Parse", "Bind", "Describe", "Execute", "Close", "FLUSH"), names(server.heard()));
        server.says(error("42501", "permission denied for table pg_type"));
        Results results = server.ends(described);
        PipelineSync sync = new PipelineSync(server.dispatch(), queue, () -> false);
        Backend.drive(sync);
        server.says(READY);
        assertTrue(Backend.drive(sync));
        assertEquals(
                "42501",
                assertThrows(DatabaseException.class, results::throwFailure).sqlState());
    }
}
