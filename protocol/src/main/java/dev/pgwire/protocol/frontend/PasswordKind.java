package dev.pgwire.protocol.frontend;

/** Which of the four messages with the tag {@code p} a server waits for: only its last request tells. */
public enum PasswordKind {
    PASSWORD,
    SASL_INITIAL,
    SASL,
    GSS
}
