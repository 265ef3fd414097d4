package dev.pgwire.protocol;

/** How a value is written: as the characters that {@code psql} shows, or in the type's own binary form. */
public enum Format {
    TEXT((short) 0),
    BINARY((short) 1);

    private final short code;

    Format(short code) {
        this.code = code;
    }

    /** The format code on the wire: 0 for text, 1 for binary. */
    public short code() {
        return code;
    }

    /**
     * The format with this code.
     *
     * @throws ProtocolViolation if it is neither 0 nor 1
     */
    public static Format of(int code) {
        return switch (code) {
            case 0 -> TEXT;
            case 1 -> BINARY;
            default -> throw new ProtocolViolation("format code " + code + ", expected 0 (text) or 1 (binary)");
        };
    }
}
