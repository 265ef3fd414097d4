package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * The server is ready for the next query cycle.
 *
 * <pre>
 * Byte1 'Z'
 * Int32 5
 * Byte1 status: 'I' idle, 'T' in a transaction, 'E' in a failed transaction
 * </pre>
 */
public record ReadyForQuery(TransactionStatus status) implements BackendMessage {
    public static final byte TAG = 'Z';

    private static final ReadyForQuery IDLE = new ReadyForQuery(TransactionStatus.IDLE);
    private static final ReadyForQuery IN_TRANSACTION = new ReadyForQuery(TransactionStatus.IN_TRANSACTION);
    private static final ReadyForQuery FAILED = new ReadyForQuery(TransactionStatus.FAILED);

    /** The message with this status, always the same one. */
    public static ReadyForQuery of(TransactionStatus status) {
        return switch (status) {
            case IDLE -> IDLE;
            case IN_TRANSACTION -> IN_TRANSACTION;
            case FAILED -> FAILED;
        };
    }

    public static ReadyForQuery read(ByteBuf body) {
        Body in = Body.of("ReadyForQuery", body);
        TransactionStatus status = TransactionStatus.of(in.int8("status"));
        in.end();
        return of(status);
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, 1);
        out.writeByte(status.code());
    }
}
