package dev.pgwire.protocol.trace;

import dev.pgwire.protocol.frontend.PasswordKind;
import org.jspecify.annotations.Nullable;

/** The layout of every message from the client, for the trace. */
final class FrontendFields {
    static final int CANCEL_REQUEST = 1234 << 16 | 5678;
    static final int SSL_REQUEST = 1234 << 16 | 5679;
    static final int GSSENC_REQUEST = 1234 << 16 | 5680;

    private FrontendFields() {}

    static void print(byte tag, Fields out, @Nullable PasswordKind expected) {
        switch (tag) {
            case 'S' -> out.name("Sync");
            case 'H' -> out.name("Flush");
            case 'X' -> out.name("Terminate");
            case 'c' -> out.name("CopyDone");
            case 'B' -> bind(out.name("Bind\t"));
            case 'E' -> execute(out.name("Execute\t"));
            case 'P' -> parse(out.name("Parse\t"));
            case 'D' -> target(out.name("Describe\t"));
            case 'C' -> target(out.name("Close\t"));
            case 'Q' -> out.name("Query\t").string();
            case 'd' -> out.name("CopyData\t").rest();
            case 'f' -> out.name("CopyFail\t").string();
            case 'F' -> functionCall(out.name("FunctionCall\t"));
            case 'p' -> password(out, expected);
            default -> out.name(String.format("Unknown message: %02x", tag & 0xFF));
        }
    }

    /** Prints one of the messages that have no tag. */
    static void printOpening(int request, Fields out) {
        switch (request) {
            case CANCEL_REQUEST -> {
                version(out.name("CancelRequest\t"));
                out.int32();
                out.secretNumber();
            }
            case SSL_REQUEST -> version(out.name("SSLRequest\t"));
            case GSSENC_REQUEST -> version(out.name("GSSENCRequest\t"));
            default -> {
                version(out.name("StartupMessage\t"));
                while (out.remaining() > 1) {
                    out.string();
                    out.string();
                }
                out.skipRest();
            }
        }
    }

    private static void version(Fields out) {
        out.int16();
        out.int16();
    }

    private static void bind(Fields out) {
        out.string();
        out.string();
        out.int16s();
        out.values();
        out.int16s();
    }

    private static void execute(Fields out) {
        out.string();
        out.int32();
    }

    private static void parse(Fields out) {
        out.string();
        out.string();
        out.int32s();
    }

    private static void target(Fields out) {
        out.int8();
        out.string();
    }

    private static void functionCall(Fields out) {
        out.int32();
        out.int16s();
        out.values();
        out.int16();
    }

    private static void password(Fields out, @Nullable PasswordKind expected) {
        if (expected == null) {
            out.name("UnknownAuthenticationResponse").skipRest();
            return;
        }
        switch (expected) {
            case PASSWORD -> out.name("PasswordMessage\t").secretString();
            case SASL_INITIAL -> {
                out.name("SASLInitialResponse\t").string();
                if (out.int32() != -1) {
                    out.secretBytes();
                }
            }
            case SASL -> out.name("SASLResponse\t").secretBytes();
            case GSS -> out.name("GSSResponse\t").secretBytes();
        }
    }
}
