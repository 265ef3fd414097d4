package dev.pgwire.internal.session;

import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.internal.statement.BoundParameters;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Bind and Execute of a statement with parameters of int4, text, float8 and timestamptz, from Java values to bytes: by the
 * driver, and by hard-coded writes into the same kind of buffer. The unit is one such pair of messages.
 */
// In this package because the driver's way begins at BoundParameters, which no other package sees. It can stand here,
// in
// another module's package, since benchmarks run from the class path.
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class BindBenchmark {
    /** As the driver names its statements. */
    static final String NAME = "pgwire_4kq0vn1zx2t7_1";

    private static final int[] TYPES = {23, 25, 701, 1184};

    private final BoundParameters parameters = new BoundParameters();
    private final PreparedStatement statement = prepared();
    /** Like the one that a connection writes its requests into. */
    private final ByteBuf out = Unpooled.directBuffer(1024);

    private int id = 1_000_000;
    private String name = "the name of row 1000000";
    private double value = 3.25;
    private OffsetDateTime at = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 678_901_000, ZoneOffset.UTC);

    /** The driver: values boxed, each written by its type's codec, then put into the message. */
    @Benchmark
    public ByteBuf driver() {
        out.clear();
        parameters.bind(out, statement, new Object[] {id, name, value, at});
        Dispatch.EXECUTE.encode(out);
        return out;
    }

    /** The same bytes by code that knows the statement. */
    @Benchmark
    public ByteBuf byHand() {
        out.clear();
        BindByHand.encode(out, id, name, value, at);
        return out;
    }

    private static PreparedStatement prepared() {
        PrepareExchange prepare = new PrepareExchange("INSERT");
        Conversation conversation = new Conversation(new ServerState());
        conversation.add(prepare);
        conversation.receive(Signal.PARSE_COMPLETE);
        conversation.receive(new ParameterDescription(TYPES));
        conversation.receive(Signal.NO_DATA);
        TypeRegistry types = TypeRegistry.builtin();
        return PreparedStatement.described(
                        "INSERT", SqlShape.of("INSERT", false), prepare, types, new RowPlanner(types))
                .keptAs(NAME);
    }
}
