package dev.pgwire.protocol;

/** Where a session stands, as every ReadyForQuery says it: the only source of the transaction state. */
public enum TransactionStatus {
    IDLE('I'),
    IN_TRANSACTION('T'),
    FAILED('E');

    private final byte code;

    TransactionStatus(char code) {
        this.code = (byte) code;
    }

    /** The status byte on the wire: {@code I}, {@code T} or {@code E}. */
    public byte code() {
        return code;
    }

    /**
     * The status with this byte.
     *
     * @throws ProtocolViolation if it is none of the three
     */
    public static TransactionStatus of(byte code) {
        return switch (code) {
            case 'I' -> IDLE;
            case 'T' -> IN_TRANSACTION;
            case 'E' -> FAILED;
            default ->
                throw new ProtocolViolation("ReadyForQuery: transaction status " + ProtocolViolation.show(code)
                        + ", expected 'I', 'T' or 'E'");
        };
    }
}
