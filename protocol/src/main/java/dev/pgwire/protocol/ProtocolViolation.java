package dev.pgwire.protocol;

/**
 * The other side sent bytes that are not the protocol: the text says in which message, what was found and what was
 * expected. Nothing that follows on the connection can be trusted, so it has to be closed.
 */
public final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProtocolViolation(String message) {
        super(message);
    }

    /** A byte as people read it: {@code 'Z'} when it is printable ASCII, {@code 0x07} when not. */
    public static String show(byte value) {
        return value >= ' ' && value <= '~' ? "'" + (char) value + "'" : String.format("0x%02x", value & 0xFF);
    }
}
