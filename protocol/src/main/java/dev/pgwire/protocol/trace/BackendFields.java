package dev.pgwire.protocol.trace;

import dev.pgwire.protocol.frontend.PasswordKind;
import org.jspecify.annotations.Nullable;

/** The layout of every message from the server, for the trace. */
final class BackendFields {
    private BackendFields() {}

    /** Prints one message; returns what an answer with the tag {@code p} would be, or null. */
    static @Nullable PasswordKind print(byte tag, Fields out) {
        switch (tag) {
            case '1' -> out.name("ParseComplete");
            case '2' -> out.name("BindComplete");
            case '3' -> out.name("CloseComplete");
            case 'n' -> out.name("NoData");
            case 'I' -> out.name("EmptyQueryResponse");
            case 's' -> out.name("PortalSuspended");
            case 'c' -> out.name("CopyDone");
            case 'D' -> out.name("DataRow\t").values();
            case 'C' -> out.name("CommandComplete\t").string();
            case 'Z' -> out.name("ReadyForQuery\t").int8();
            case 'T' -> rowDescription(out.name("RowDescription\t"));
            case 't' -> out.name("ParameterDescription\t").int32s();
            case 'd' -> out.name("CopyData\t").rest();
            case 'E' -> diagnostic(out.name("ErrorResponse\t"));
            case 'N' -> diagnostic(out.name("NoticeResponse\t"));
            case 'A' -> notification(out.name("NotificationResponse\t"));
            case 'S' -> pair(out.name("ParameterStatus\t"));
            case 'K' -> key(out.name("BackendKeyData\t"));
            case 'v' -> negotiation(out.name("NegotiateProtocolVersion\t"));
            case 'G' -> copy(out.name("CopyInResponse\t"));
            case 'H' -> copy(out.name("CopyOutResponse\t"));
            case 'W' -> copy(out.name("CopyBothResponse\t"));
            case 'V' -> out.name("FunctionCallResponse\t").value();
            case 'R' -> {
                return authentication(out);
            }
            default -> out.name(String.format("Unknown message: %02x", tag & 0xFF));
        }
        return null;
    }

    private static void rowDescription(Fields out) {
        for (int count = out.int16(); count > 0; count--) {
            out.string();
            out.int32();
            out.int16();
            out.int32();
            out.int16();
            out.int32();
            out.int16();
        }
    }

    private static void diagnostic(Fields out) {
        while (out.int8() != 0) {
            out.string();
        }
    }

    private static void notification(Fields out) {
        out.int32();
        pair(out);
    }

    private static void pair(Fields out) {
        out.string();
        out.string();
    }

    private static void key(Fields out) {
        out.int32();
        out.secretNumber();
    }

    private static void negotiation(Fields out) {
        out.int32();
        for (int count = out.int32(); count > 0; count--) {
            out.string();
        }
    }

    private static void copy(Fields out) {
        out.int8();
        out.int16s();
    }

    private static @Nullable PasswordKind authentication(Fields out) {
        int request = out.silentInt32();
        switch (request) {
            case 0 -> out.name("AuthenticationOk");
            case 3 -> out.name("AuthenticationCleartextPassword");
            // libpq leaves the salt unread and then complains of it on the next line.
            case 5 -> out.name("AuthenticationMD5Password").skipRest();
            case 7 -> out.name("AuthenticationGSS");
            case 8 -> out.name("AuthenticationGSSContinue\t").secretBytes();
            case 9 -> out.name("AuthenticationSSPI");
            case 10 -> {
                out.name("AuthenticationSASL\t");
                while (!out.string().isEmpty()) {}
            }
            case 11 -> out.name("AuthenticationSASLContinue\t").secretBytes();
            case 12 -> out.name("AuthenticationSASLFinal\t").secretBytes();
            default -> out.name("Unknown authentication message " + request);
        }
        return PasswordKind.askedBy(request);
    }
}
