package dev.pgwire.laboratory.capture;

import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Opening;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What messages are called, in the words of libpq's trace. */
final class MessageName {
    private static final Map<Character, String> OF_SERVER = Map.ofEntries(
            Map.entry('1', "ParseComplete"),
            Map.entry('2', "BindComplete"),
            Map.entry('3', "CloseComplete"),
            Map.entry('A', "NotificationResponse"),
            Map.entry('C', "CommandComplete"),
            Map.entry('c', "CopyDone"),
            Map.entry('D', "DataRow"),
            Map.entry('d', "CopyData"),
            Map.entry('E', "ErrorResponse"),
            Map.entry('G', "CopyInResponse"),
            Map.entry('H', "CopyOutResponse"),
            Map.entry('I', "EmptyQueryResponse"),
            Map.entry('K', "BackendKeyData"),
            Map.entry('N', "NoticeResponse"),
            Map.entry('n', "NoData"),
            Map.entry('S', "ParameterStatus"),
            Map.entry('s', "PortalSuspended"),
            Map.entry('T', "RowDescription"),
            Map.entry('t', "ParameterDescription"),
            Map.entry('V', "FunctionCallResponse"),
            Map.entry('v', "NegotiateProtocolVersion"),
            Map.entry('W', "CopyBothResponse"),
            Map.entry('Z', "ReadyForQuery"));

    private static final Map<Character, String> OF_CLIENT = Map.ofEntries(
            Map.entry('B', "Bind"),
            Map.entry('C', "Close"),
            Map.entry('c', "CopyDone"),
            Map.entry('D', "Describe"),
            Map.entry('d', "CopyData"),
            Map.entry('E', "Execute"),
            Map.entry('F', "FunctionCall"),
            Map.entry('f', "CopyFail"),
            Map.entry('H', "Flush"),
            Map.entry('P', "Parse"),
            Map.entry('Q', "Query"),
            Map.entry('S', "Sync"),
            Map.entry('X', "Terminate"));

    private static final Map<Integer, String> AUTHENTICATION = Map.of(
            0, "AuthenticationOk",
            3, "AuthenticationCleartextPassword",
            5, "AuthenticationMD5Password",
            7, "AuthenticationGSS",
            8, "AuthenticationGSSContinue",
            9, "AuthenticationSSPI",
            10, "AuthenticationSASL",
            11, "AuthenticationSASLContinue",
            12, "AuthenticationSASLFinal");

    private static final Map<Integer, String> OPENING = Map.of(
            1234 << 16 | 5678, "CancelRequest", 1234 << 16 | 5679, "SSLRequest", 1234 << 16 | 5680, "GSSENCRequest");

    private static final Set<String> OTHERS = Set.of(
            "StartupMessage",
            "SSLResponse",
            "GSSENCResponse",
            "PasswordMessage",
            "SASLInitialResponse",
            "SASLResponse",
            "GSSResponse",
            "UnknownAuthenticationResponse");

    private MessageName() {}

    static String of(CapturedMessage message) {
        char tag = (char) (message.tag() & 0xFF);
        if (message.side() == Side.BACKEND) {
            return switch (tag) {
                case 0 -> message.asked() == Opening.Encryption.GSSENC_REQUEST ? "GSSENCResponse" : "SSLResponse";
                case 'R' -> coded(message.body(), AUTHENTICATION, "Authentication");
                default -> known(OF_SERVER, tag);
            };
        }
        return switch (tag) {
            case 0 -> coded(message.body(), OPENING, "StartupMessage");
            case 'p' -> password(message.frame());
            default -> known(OF_CLIENT, tag);
        };
    }

    private static String known(Map<Character, String> names, char tag) {
        String name = names.get(tag);
        return name != null ? name : String.format("Unknown message: %02x", (int) tag);
    }

    private static String coded(ByteBuf body, Map<Integer, String> names, String other) {
        return body.readableBytes() < Integer.BYTES ? other : names.getOrDefault(body.getInt(0), other);
    }

    private static String password(@Nullable Frame frame) {
        if (frame == null) {
            return "UnknownAuthenticationResponse";
        }
        return switch (frame.expected()) {
            case PASSWORD -> "PasswordMessage";
            case SASL_INITIAL -> "SASLInitialResponse";
            case SASL -> "SASLResponse";
            case GSS -> "GSSResponse";
        };
    }

    static boolean isTagOf(Side side, int tag) {
        char character = (char) tag;
        return side == Side.BACKEND
                ? character == 'R' || OF_SERVER.containsKey(character)
                : character == 'p' || OF_CLIENT.containsKey(character);
    }

    /**
     * The names that a word stands for: the one that it is, or all that begin with it. Upper and lower case are the same.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Set<String> named(String word) {
        Set<String> all = new TreeSet<>(OTHERS);
        all.addAll(OF_SERVER.values());
        all.addAll(OF_CLIENT.values());
        all.addAll(AUTHENTICATION.values());
        all.addAll(OPENING.values());
        Set<String> named = new TreeSet<>();
        for (String name : all) {
            if (name.equalsIgnoreCase(word)) {
                return Set.of(name);
            }
            if (!word.isEmpty() && name.toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT))) {
                named.add(name);
            }
        }
        if (named.isEmpty()) {
            throw new IllegalArgumentException(
                    "no message is called \"" + word + "\", expected one of " + String.join(", ", all));
        }
        return named;
    }
}
