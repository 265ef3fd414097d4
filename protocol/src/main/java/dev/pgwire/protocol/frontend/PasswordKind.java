package dev.pgwire.protocol.frontend;

import org.jspecify.annotations.Nullable;

/** Which of the four messages with the tag {@code p} a server waits for: only its last request tells. */
public enum PasswordKind {
    PASSWORD,
    SASL_INITIAL,
    SASL,
    GSS;

    /** What answers the request of an Authentication message with this code; null for those that are not answered. */
    public static @Nullable PasswordKind askedBy(int code) {
        return switch (code) {
            case 3, 5 -> PASSWORD;
            case 7, 8, 9 -> GSS;
            case 10 -> SASL_INITIAL;
            case 11 -> SASL;
            default -> null;
        };
    }
}
