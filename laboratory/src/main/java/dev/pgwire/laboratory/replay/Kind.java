package dev.pgwire.laboratory.replay;

import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Opening;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a message is called in a recording, and how its fields follow one another: {@code s} a string that a zero ends,
 * {@code 2} and {@code 4} numbers of two and of four bytes, {@code v} a value with its length, {@code f} a letter and a string, {@code 1} a byte,
 * {@code *} all the rest. What stands in brackets comes as often as the Int16 before it says, what stands in braces until a zero.
 */
record Kind(String name, byte tag, String layout) {
    /** The answer to a request for encryption, which is all of its bytes. */
    static final Kind ENCRYPTION_ANSWER = new Kind("EncryptionAnswer", (byte) 0, "1");

    private static final String BYTES = "*";
    private static final Set<String> SECRETS_OF_SERVER =
            Set.of("AuthenticationSASLContinue", "AuthenticationSASLFinal", "AuthenticationGSSContinue");
    private static final Map<String, Kind> FRONTEND = new HashMap<>();
    private static final Map<String, Kind> BACKEND = new HashMap<>();
    private static final Map<Byte, Kind> FRONTEND_TAGS = new HashMap<>();
    private static final Map<Byte, Kind> BACKEND_TAGS = new HashMap<>();
    private static final Map<Integer, Kind> AUTHENTICATIONS = new HashMap<>();

    static {
        frontend("StartupMessage", 0, "22{ss}");
        frontend("CancelRequest", 0, "44*");
        frontend("SSLRequest", 0, "4");
        frontend("GSSENCRequest", 0, "4");
        frontend("PasswordMessage", 'p', "s");
        frontend("SASLInitialResponse", 'p', "sv");
        frontend("SASLResponse", 'p', BYTES);
        frontend("GSSResponse", 'p', BYTES);
        frontend("Query", 'Q', "s");
        frontend("Parse", 'P', "ss[4]");
        frontend("Bind", 'B', "ss[2][v][2]");
        frontend("Describe", 'D', "f");
        frontend("Execute", 'E', "s4");
        frontend("Close", 'C', "f");
        frontend("Sync", 'S', "");
        frontend("Flush", 'H', "");
        frontend("Terminate", 'X', "");
        frontend("CopyData", 'd', BYTES);
        frontend("CopyDone", 'c', "");
        frontend("CopyFail", 'f', "s");
        frontend("FunctionCall", 'F', "4[2][v]2");
        BACKEND.put(ENCRYPTION_ANSWER.name, ENCRYPTION_ANSWER);
        authentication("AuthenticationOk", 0, "4");
        authentication("AuthenticationKerberosV5", 2, "4");
        authentication("AuthenticationCleartextPassword", 3, "4");
        authentication("AuthenticationMD5Password", 5, "4*");
        authentication("AuthenticationGSS", 7, "4");
        authentication("AuthenticationGSSContinue", 8, "4*");
        authentication("AuthenticationSSPI", 9, "4");
        authentication("AuthenticationSASL", 10, "4{s}");
        authentication("AuthenticationSASLContinue", 11, "4*");
        authentication("AuthenticationSASLFinal", 12, "4*");
        backend("Authentication", 'R', BYTES);
        backend("BackendKeyData", 'K', "4*");
        backend("ParameterStatus", 'S', "ss");
        backend("NegotiateProtocolVersion", 'v', BYTES);
        backend("ReadyForQuery", 'Z', "1");
        backend("RowDescription", 'T', "[(s424242)]");
        backend("ParameterDescription", 't', "[4]");
        backend("DataRow", 'D', "[v]");
        backend("CommandComplete", 'C', "s");
        backend("ErrorResponse", 'E', "{f}");
        backend("NoticeResponse", 'N', "{f}");
        backend("NotificationResponse", 'A', "4ss");
        backend("ParseComplete", '1', "");
        backend("BindComplete", '2', "");
        backend("CloseComplete", '3', "");
        backend("NoData", 'n', "");
        backend("EmptyQueryResponse", 'I', "");
        backend("PortalSuspended", 's', "");
        backend("CopyInResponse", 'G', "1[2]");
        backend("CopyOutResponse", 'H', "1[2]");
        backend("CopyBothResponse", 'W', "1[2]");
        backend("CopyData", 'd', BYTES);
        backend("CopyDone", 'c', "");
        backend("FunctionCallResponse", 'V', "v");
    }

    private static void frontend(String name, int tag, String layout) {
        Kind kind = new Kind(name, (byte) tag, layout);
        FRONTEND.put(name, kind);
        FRONTEND_TAGS.put(kind.tag, kind);
    }

    private static void backend(String name, int tag, String layout) {
        Kind kind = new Kind(name, (byte) tag, layout);
        BACKEND.put(name, kind);
        BACKEND_TAGS.put(kind.tag, kind);
    }

    private static void authentication(String name, int code, String layout) {
        Kind kind = new Kind(name, (byte) 'R', layout);
        BACKEND.put(name, kind);
        AUTHENTICATIONS.put(code, kind);
    }

    /** What a frame is. */
    static Kind of(Frame frame) {
        if (frame.isEncryptionAnswer()) {
            return ENCRYPTION_ANSWER;
        }
        byte tag = frame.tag();
        boolean isClient = frame.side() == Side.FRONTEND;
        Kind kind = null;
        if (isClient && tag == 0) {
            kind = FRONTEND.get(opening(code(frame.body())));
        } else if (isClient && tag == 'p') {
            kind = FRONTEND.get(
                    switch (frame.expected()) {
                        case PASSWORD -> "PasswordMessage";
                        case SASL_INITIAL -> "SASLInitialResponse";
                        case SASL -> "SASLResponse";
                        case GSS -> "GSSResponse";
                    });
        } else if (!isClient && tag == 'R') {
            kind = AUTHENTICATIONS.get(code(frame.body()));
        }
        if (kind == null) {
            kind = (isClient ? FRONTEND_TAGS : BACKEND_TAGS).get(tag);
        }
        return kind == null ? unknown(tag) : kind;
    }

    private static int code(ByteBuf body) {
        return body.readableBytes() < Integer.BYTES ? -1 : body.getInt(0);
    }

    private static String opening(int code) {
        if (Opening.Encryption.isAskedBy(code)) {
            return (code & 0xFFFF) == 5679 ? "SSLRequest" : "GSSENCRequest";
        }
        return code == Opening.Cancel.CODE ? "CancelRequest" : "StartupMessage";
    }

    private static Kind unknown(byte tag) {
        return new Kind(String.format("0x%02x", tag & 0xFF), tag, BYTES);
    }

    /** What a name stands for; a tag that is not known has its number as its name. */
    static Kind named(Side side, String name) {
        Kind kind = (side == Side.FRONTEND ? FRONTEND : BACKEND).get(name);
        if (kind != null) {
            return kind;
        }
        if (name.matches("0x[0-9a-f]{2}")) {
            return unknown((byte) Integer.parseInt(name.substring(2), 16));
        }
        throw new ProtocolViolation("the message \"" + name + "\", expected one that the "
                + (side == Side.FRONTEND ? "client" : "server") + " sends, or 0x and a tag of two digits");
    }

    /** Whether its content proves who the client is, or helps to find that out. */
    boolean isSecret() {
        return tag == 'p' || SECRETS_OF_SERVER.contains(name);
    }

    /**
     * Where in its body the secret begins that is its end: the key by which a session can be cancelled, or the salt by which a password
     * can be guessed from its md5; -1 if it has none.
     */
    int secretEnd() {
        return switch (name) {
            case "BackendKeyData", "AuthenticationMD5Password" -> Integer.BYTES;
            case "CancelRequest" -> 2 * Integer.BYTES;
            default -> -1;
        };
    }

    /** The kind of those with another layout, whose fields are not told apart. */
    Kind asBytes() {
        return new Kind(name, tag, BYTES);
    }

    /** The one by which a message is told from others; null for an opening one. */
    @Nullable
    Byte tagOrNull() {
        return tag == 0 ? null : tag;
    }
}
