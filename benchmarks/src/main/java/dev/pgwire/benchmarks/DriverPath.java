package dev.pgwire.benchmarks;

import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.ExecuteExchange;
import dev.pgwire.internal.exchange.SyncExchange;
import dev.pgwire.internal.net.FrameDecoder;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The driver's own way from received bytes to values, without a socket: frames, conversation, exchange, pages, and the
 * row that a cursor moves along them.
 */
final class DriverPath {
    private static final int[] TYPES = {23, 20, 701, 1700, 25, 16, 1184, 1082, 2950, 25};
    private static final int[] LENGTHS = {4, 8, 8, -1, -1, 1, 8, 4, 16, -1};
    /** As much as one read of a socket gives. */
    private static final int READ = 64 * 1024;

    private static final CommandComplete DONE = new CommandComplete("SELECT " + WideRows.COUNT);

    private final RowPlan plan = new RowPlanner(TypeRegistry.builtin())
            .preferBinary(new RowDescription(IntStream.range(0, TYPES.length)
                    .mapToObj(i -> new RowDescription.Field(
                            "c" + i, 0, (short) 0, TYPES[i], (short) LENGTHS[i], -1, Format.TEXT))
                    .toList()));
    private final Conversation conversation = new Conversation(new ServerState());
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(conversation, null));
    private final ByteBuf answer;

    /** The way of an answer that has these rows. */
    DriverPath(byte[] rows) {
        ByteBuf out = Unpooled.directBuffer();
        Signal.BIND_COMPLETE.encode(out);
        out.writeBytes(rows);
        DONE.encode(out);
        ReadyForQuery.of(TransactionStatus.IDLE).encode(out);
        answer = out;
    }

    /**
     * Receives the answer once more. After each read the pages that it gave are passed to the reader, and their memory is
     * given back, as a cursor does that keeps no row.
     */
    void receive(Consumer<RowPage> reader) {
        Result result = ask();
        for (int at = 0; at < answer.readableBytes(); at += READ) {
            read(at, Math.min(READ, answer.readableBytes() - at), result, reader);
        }
    }

    /** As {@link #receive(Consumer)}, in reads that end at these places of the answer. */
    void receive(int[] ends, Consumer<RowPage> reader) {
        Result result = ask();
        int at = 0;
        for (int end : ends) {
            read(at, end - at, result, reader);
            at = end;
        }
    }

    private void read(int at, int length, Result result, Consumer<RowPage> reader) {
        channel.writeInbound(answer.retainedSlice(at, length));
        conversation.deliver();
        read(result, reader);
    }

    /** Places to cut the answer at, with all sizes from a byte to {@link #READ} at hand: as many small ones as large. */
    int[] cuts(Random random) {
        IntStream.Builder ends = IntStream.builder();
        int at = 0;
        while (at < answer.readableBytes()) {
            int length = (int) Math.round(Math.pow(READ, random.nextDouble()));
            at = Math.min(at + length, answer.readableBytes());
            ends.add(at);
        }
        return ends.build().toArray();
    }

    /** As {@link #receive}, of rows that are in an array already: what comes behind the frame decoder. */
    void decode(byte[] rows, Consumer<RowPage> reader) {
        Result result = ask();
        conversation.receive(Signal.BIND_COMPLETE);
        for (int at = 0; at < rows.length; ) {
            at = conversation.rows(rows, at, Math.min(at + READ, rows.length));
            conversation.deliver();
            read(result, reader);
        }
        conversation.receive(DONE);
        conversation.receive(ReadyForQuery.of(TransactionStatus.IDLE));
    }

    private Result ask() {
        Results results = new Results();
        Result result = new Result(plan);
        results.add(result);
        SyncExchange sync = new SyncExchange();
        results.endWith(sync);
        conversation.add(new ExecuteExchange("SELECT", results, result, messages -> {}));
        conversation.add(sync);
        return result;
    }

    private static void read(Result result, Consumer<RowPage> reader) {
        for (RowSlice rows = result.nextRows(); rows != null; rows = result.nextRows()) {
            reader.accept(rows.page());
            rows.page().giveBack();
        }
    }

    /** How the rows are decoded. */
    RowPlan plan() {
        return plan;
    }

    /** A row to move along the pages, as a cursor has it. */
    PageRow row() {
        return PageRow.movable(plan);
    }
}
