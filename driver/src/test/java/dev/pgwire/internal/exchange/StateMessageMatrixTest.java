package dev.pgwire.internal.exchange;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.fixture.Messages;
import dev.pgwire.internal.auth.StartupExchange;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.FrontendMessage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every exchange in each of its phases, against every message: what is not in the row of the table is a violation. */
class StateMessageMatrixTest {
    /** Accepted in every state but one: three that may come at any time, and the error that ends a segment. */
    private static final Set<String> ANYTIME =
            Set.of("NoticeResponse", "NotificationResponse", "ParameterStatus", "ErrorResponse");

    private static final Set<String> COPY = Set.of("CopyInResponse", "CopyOutResponse", "CopyBothResponse");
    private static final CopyOutResponse COPY_OUT = new CopyOutResponse(Format.TEXT, List.of());

    record Phase(String name, Supplier<Exchange> exchange, List<BackendMessage> before, Set<String> accepted) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Phase> phases() {
        ParameterDescription parameters = new ParameterDescription(new int[] {INT4});
        Supplier<Exchange> prepare = () -> new PrepareExchange("SELECT");
        Supplier<Exchange> execute = () -> execute(plan());
        Supplier<Exchange> command = () -> execute(null);
        Supplier<Exchange> oneShot = StateMessageMatrixTest::oneShot;
        Supplier<Exchange> query =
                () -> new QueryExchange("SELECT", new Results(), new Sink(), new RowPlanner(TypeRegistry.builtin()));
        Supplier<Exchange> batch = () -> sent(new BatchExchange("INSERT", new Results(), null), 1);
        Supplier<Exchange> batchOfTwo = () -> sent(new BatchExchange("INSERT", new Results(), null), 2);
        Supplier<Exchange> batchOfNone = () -> sent(new BatchExchange("INSERT", new Results(), null), 0);
        Supplier<Exchange> openBatch = () -> {
            BatchExchange open = new BatchExchange("INSERT", new Results(), null);
            open.expectExecutions(1);
            return open;
        };
        Supplier<Exchange> batchOfRows = () -> sent(new BatchExchange("SELECT", new Results(), plan()), 1);
        Supplier<Exchange> insert =
                () -> sent(new InsertExchange("INSERT", new Results(), new Result(null), new AsDescribed()), 1);
        Supplier<Exchange> insertOfRows =
                () -> sent(new InsertExchange("INSERT", new Results(), new Result(plan()), new AsDescribed()), 1);
        Supplier<Exchange> answer = SingleValueExchange::new;
        Supplier<Exchange> copy = () -> new CopyInExchange("COPY", "t", new Result(null), 0);
        Supplier<Exchange> startup = () -> new StartupExchange(ProtocolVersion.V3_2, ProtocolVersion.V3_0);
        return List.of(
                phase("Prepare, nothing came", prepare, List.of(), "ParseComplete"),
                phase("Prepare, parsed", prepare, List.of(Signal.PARSE_COMPLETE), "ParameterDescription"),
                phase(
                        "Prepare, with parameters",
                        prepare,
                        List.of(Signal.PARSE_COMPLETE, parameters),
                        "RowDescription",
                        "NoData"),
                phase("Execute, nothing came", execute, List.of(), "BindComplete"),
                phase(
                        "Execute with rows, bound",
                        execute,
                        List.of(Signal.BIND_COMPLETE),
                        and(COPY, "DataRow", "CommandComplete", "EmptyQueryResponse")),
                phase(
                        "Execute without rows, bound",
                        command,
                        List.of(Signal.BIND_COMPLETE),
                        and(COPY, "CommandComplete", "EmptyQueryResponse")),
                phase(
                        "Execute, a COPY was refused",
                        command,
                        List.of(Signal.BIND_COMPLETE, COPY_OUT),
                        "CopyData",
                        "CopyDone",
                        "CommandComplete",
                        "EmptyQueryResponse"),
                phase("OneShot, nothing came", oneShot, List.of(), "ParseComplete"),
                phase(
                        "OneShot, parsed",
                        oneShot,
                        List.of(Signal.PARSE_COMPLETE),
                        "BindComplete",
                        "RowDescription",
                        "NoData"),
                phase(
                        "OneShot, bound",
                        oneShot,
                        List.of(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE),
                        "RowDescription",
                        "NoData"),
                phase(
                        "OneShot with rows",
                        oneShot,
                        List.of(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, columns("id", INT4)),
                        and(COPY, "DataRow", "CommandComplete", "EmptyQueryResponse")),
                phase(
                        "OneShot without rows",
                        oneShot,
                        List.of(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Signal.NO_DATA),
                        and(COPY, "CommandComplete", "EmptyQueryResponse")),
                phase(
                        "Query, nothing came",
                        query,
                        List.of(),
                        and(COPY, "RowDescription", "CommandComplete", "EmptyQueryResponse")),
                phase(
                        "Query, in rows",
                        query,
                        List.of(columns("id", INT4)),
                        and(COPY, "RowDescription", "DataRow", "CommandComplete")),
                phase(
                        "Query, a COPY was refused",
                        query,
                        List.of(COPY_OUT),
                        and(COPY, "CopyData", "CopyDone", "RowDescription", "CommandComplete", "EmptyQueryResponse")),
                phase(
                        "Query, behind a COPY that was refused",
                        query,
                        List.of(COPY_OUT, done("COPY 0")),
                        and(COPY, "RowDescription", "CommandComplete", "EmptyQueryResponse", "ReadyForQuery")),
                phase(
                        "Query, between statements",
                        query,
                        List.of(done("SET")),
                        and(COPY, "RowDescription", "CommandComplete", "EmptyQueryResponse", "ReadyForQuery")),
                phase(
                        "Query, in rows that failed",
                        query,
                        List.of(columns("id", INT4), error("22012", "")),
                        and(COPY, "DataRow", "CommandComplete", "ReadyForQuery")),
                phase("Batch, nothing came", batch, List.of(), "BindComplete"),
                phase("Batch, nothing sent", batchOfNone, List.of(), "ReadyForQuery"),
                phase("Batch, bound", batch, List.of(Signal.BIND_COMPLETE), "CommandComplete", "EmptyQueryResponse"),
                phase(
                        "Batch, between executions",
                        batchOfTwo,
                        List.of(Signal.BIND_COMPLETE, done("SET")),
                        "BindComplete"),
                phase("Batch, all answered", batch, List.of(Signal.BIND_COMPLETE, done("SET")), "ReadyForQuery"),
                phase("Batch, all answered, no Sync sent", openBatch, List.of(Signal.BIND_COMPLETE, done("SET"))),
                phase(
                        "Batch, failed, no Sync sent",
                        openBatch,
                        List.of(Signal.BIND_COMPLETE, error("22012", "")),
                        "CommandComplete",
                        "EmptyQueryResponse"),
                phase(
                        "Batch, bound and failed",
                        batch,
                        List.of(Signal.BIND_COMPLETE, error("22012", "")),
                        "CommandComplete",
                        "EmptyQueryResponse",
                        "ReadyForQuery"),
                phase(
                        "Batch of rows, bound",
                        batchOfRows,
                        List.of(Signal.BIND_COMPLETE),
                        "DataRow",
                        "CommandComplete",
                        "EmptyQueryResponse"),
                phase("Pipelined, nothing came", StateMessageMatrixTest::pipelined, List.of(), "BindComplete"),
                phase(
                        "Pipelined, bound",
                        StateMessageMatrixTest::pipelined,
                        List.of(Signal.BIND_COMPLETE),
                        and(COPY, "DataRow", "CommandComplete", "EmptyQueryResponse")),
                phase("Sync of a pipeline", () -> new PipelineSegment(1_000), List.of(), "ReadyForQuery"),
                phase("Insert, nothing came", insert, List.of(), "ParseComplete", "BindComplete"),
                phase(
                        "Insert, all answered",
                        insert,
                        List.of(Signal.BIND_COMPLETE, done("INSERT 0 1")),
                        "ParseComplete",
                        "ReadyForQuery"),
                phase("Answer, nothing came", answer, List.of(), "RowDescription", "CommandComplete"),
                phase("Answer, in rows", answer, List.of(columns("id", INT4)), "DataRow", "CommandComplete"),
                phase("Answer, complete", answer, List.of(done("SHOW")), "ReadyForQuery"),
                phase("Insert, bound", insert, List.of(Signal.BIND_COMPLETE), "CommandComplete"),
                phase(
                        "Insert of rows, bound",
                        insertOfRows,
                        List.of(Signal.BIND_COMPLETE),
                        "RowDescription",
                        "CommandComplete"),
                phase(
                        "Insert of rows, described",
                        insertOfRows,
                        List.of(Signal.BIND_COMPLETE, columns("id", INT4)),
                        "DataRow",
                        "CommandComplete"),
                phase("CopyIn, nothing came", copy, List.of(), "ParseComplete"),
                phase("CopyIn, parsed", copy, List.of(Signal.PARSE_COMPLETE), "BindComplete"),
                phase("CopyIn, bound", copy, List.of(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE)),
                phase(
                        "CopyIn, asked for data",
                        copy,
                        List.of(
                                Signal.PARSE_COMPLETE,
                                Signal.BIND_COMPLETE,
                                new CopyInResponse(Format.BINARY, List.of())),
                        "CommandComplete"),
                phase("Sync", SyncExchange::new, List.of(), "ReadyForQuery"),
                phase("Close", CloseExchange::new, List.of(), "CloseComplete"),
                phase("Unknown peer, nothing came", startup, List.of(), "Authentication", "NegotiateProtocolVersion"),
                phase(
                        "Unknown peer, two requests wait",
                        startup,
                        List.of(new Authentication.Sasl(List.of("x")), new Authentication.Sasl(List.of("x"))),
                        "NegotiateProtocolVersion"),
                phase(
                        "Startup, let in",
                        startup,
                        List.of(Authentication.Request.OK),
                        "BackendKeyData",
                        "ReadyForQuery"));
    }

    @ParameterizedTest
    @MethodSource("phases")
    void whatIsNotExpectedIsAViolationAndNothingElse(Phase phase) {
        Set<String> accepted = new TreeSet<>();
        Set<String> refused = new TreeSet<>();
        for (BackendMessage message : Samples.all()) {
            (accepts(phase, message) ? accepted : refused).add(Samples.name(message));
        }
        Set<String> expected = new TreeSet<>(phase.accepted);
        expected.addAll(phase.name.startsWith("Unknown peer") ? Set.of("ErrorResponse") : ANYTIME);
        assertEquals(expected, accepted);
        accepted.retainAll(refused);
        assertTrue(accepted.isEmpty(), "both accepted and refused: " + accepted);
        assertTrue(refused.size() >= 10, "there are samples: " + refused);
    }

    private static boolean accepts(Phase phase, BackendMessage message) {
        Conversation conversation = new Conversation(new RecordedEvents());
        conversation.add(phase.exchange.get());
        conversation.add(new SyncExchange());
        phase.before.forEach(conversation::receive);
        try {
            if (message instanceof DataRow row) {
                byte[] frame = Messages.bytes(row);
                conversation.rows(frame, 0, frame.length);
            } else {
                conversation.receive(message);
            }
            return true;
        } catch (ProtocolViolation violation) {
            assertTrue(violation.getMessage().length() > 20, violation.getMessage());
            return false;
        }
    }

    private static RepeatedExchange sent(RepeatedExchange exchange, int executions) {
        exchange.expectExecutions(executions);
        exchange.expectSync();
        return exchange;
    }

    private static RowPlan plan() {
        return new RowPlanner(TypeRegistry.builtin()).asDescribed(columns("id", INT4));
    }

    private static Exchange execute(RowPlan plan) {
        Results results = new Results();
        Result result = new Result(plan);
        results.add(result);
        return new ExecuteExchange("SELECT", results, result, new Sink());
    }

    private static Exchange pipelined() {
        return new PipelinedExchange(execute(plan()), new Results(), new PipelineSegment(1_000), 1);
    }

    private static Exchange oneShot() {
        Results results = new Results();
        Result result = new Result(null);
        results.add(result);
        return new OneShotExchange("SELECT", results, result, new Sink(), new RowPlanner(TypeRegistry.builtin()));
    }

    private static final class Sink implements Outgoing {
        @Override
        public void send(FrontendMessage... messages) {}
    }

    private static Phase phase(
            String name, Supplier<Exchange> exchange, List<BackendMessage> before, String... accepted) {
        return new Phase(name, exchange, before, Set.of(accepted));
    }

    private static String[] and(Set<String> some, String... others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(List.of(others));
        return all.toArray(String[]::new);
    }
}
