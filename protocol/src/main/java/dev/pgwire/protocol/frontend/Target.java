package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.ProtocolViolation;

/** What a Describe or a Close is about. */
public enum Target {
    STATEMENT('S'),
    PORTAL('P');

    private final byte code;

    Target(char code) {
        this.code = (byte) code;
    }

    /** The byte on the wire: {@code S} or {@code P}. */
    public byte code() {
        return code;
    }

    static Target read(Body body) {
        byte code = body.int8("target");
        return switch (code) {
            case 'S' -> STATEMENT;
            case 'P' -> PORTAL;
            default -> throw body.violation(ProtocolViolation.show(code) + " as the target", "'S' or 'P'");
        };
    }
}
