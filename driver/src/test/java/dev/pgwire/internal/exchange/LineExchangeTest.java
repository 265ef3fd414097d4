package dev.pgwire.internal.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.ReadyForQuery;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineExchangeTest {
    private static final DataRow ONE = DataRow.of(List.of(new byte[] {'1'}));
    private static final DataRow TWO = DataRow.of(List.of(new byte[] {'2'}, new byte[300]));

    /** Keeps what comes. */
    private static final class Kept implements LineExchange.Inbox {
        private final List<Message> messages = new ArrayList<>();
        private final boolean takesRows;

        Kept(boolean takesRows) {
            this.takesRows = takesRows;
        }

        @Override
        public void came(Message message) {
            messages.add(message);
        }

        @Override
        public boolean takesRows() {
            return takesRows;
        }

        @Override
        public boolean goesOn() {
            return true;
        }

        @Override
        public void lost(PgException cause) {}

        @Override
        public void again(LineExchange exchange) {}
    }

    static Stream<Arguments> cuts() {
        int whole = bytes(false).length;
        return Stream.of(true, false).flatMap(takes -> Stream.iterate(0, at -> at <= whole, at -> at + 1)
                .map(at -> arguments(takes, at)));
    }

    private static byte[] bytes(boolean goesOn) {
        ByteBuf out = Unpooled.buffer();
        ONE.encode(out);
        TWO.encode(out);
        if (goesOn) {
            new ReadyForQuery(TransactionStatus.IDLE).encode(out);
        }
        return ByteBufUtil.getBytes(out);
    }

    /** Those that are left out cost no memory, however many they are. */
    @ParameterizedTest
    @MethodSource("cuts")
    void wholeRowsAreTakenOrPassedOver(boolean takes, int length) {
        byte[] all = bytes(true);
        int first = ByteBufUtil.getBytes(encoded(ONE)).length;
        int rows = bytes(false).length;
        Kept kept = new Kept(takes);
        int end = new LineExchange(kept).rows(all, 0, length, new RowPageWriter());
        assertEquals(length < first ? 0 : length < rows ? first : rows, end);
        List<Message> taken = List.of(ONE, TWO).subList(0, end == 0 ? 0 : end == first ? 1 : 2).stream()
                .map(Message.class::cast)
                .toList();
        assertEquals(takes ? taken : List.of(), kept.messages);
    }

    private static ByteBuf encoded(Message message) {
        ByteBuf out = Unpooled.buffer();
        message.encode(out);
        return out;
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void aLengthThatNoRowHasEndsThem(int length) {
        ByteBuf out = encoded(ONE);
        int first = out.readableBytes();
        out.writeByte(DataRow.TAG).writeInt(length).writeZero(64);
        Kept kept = new Kept(true);
        byte[] all = ByteBufUtil.getBytes(out);
        assertEquals(first, new LineExchange(kept).rows(all, 0, all.length, new RowPageWriter()));
        assertEquals(List.of(ONE), kept.messages);
    }

    static Stream<Integer> lengths() {
        return Stream.of(Integer.MIN_VALUE, -1, 0, 3, 69, Integer.MAX_VALUE);
    }
}
