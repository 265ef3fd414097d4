package dev.pgwire.protocol;

import static dev.pgwire.protocol.Bytes.ascii;
import static dev.pgwire.protocol.Format.BINARY;
import static dev.pgwire.protocol.Format.TEXT;

import dev.pgwire.protocol.Sample.End;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.CopyBothResponse;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.FunctionCallResponse;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import dev.pgwire.protocol.backend.NoticeResponse;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyData;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.FunctionCall;
import dev.pgwire.protocol.frontend.GSSResponse;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.PasswordKind;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import dev.pgwire.protocol.frontend.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** At least one message of every type. */
public final class Samples {
    private Samples() {}

    public static List<Sample> all() {
        List<Sample> samples = new ArrayList<>(backend());
        samples.addAll(frontend());
        return samples;
    }

    public static List<Sample> backend() {
        List<Sample> samples = new ArrayList<>();
        for (BackendMessage message : backendMessages()) {
            samples.add(Sample.of(message, End.EXACT));
        }
        // Their last part is opaque data or a key that reaches to the end, whatever the end is.
        samples.add(Sample.of(new BackendKeyData(4711, new byte[] {1, 2, 3, 4}), End.FREE));
        samples.add(Sample.of(new BackendKeyData(-1, new byte[255]), End.FREE));
        samples.add(Sample.of(new Authentication.GssContinue(ascii("token")), End.FREE));
        samples.add(Sample.of(new Authentication.SaslContinue(ascii("r=abc,s=QSXCR+Q6sek8bf92,i=4096")), End.FREE));
        samples.add(Sample.of(new Authentication.SaslFinal(ascii("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=")), End.FREE));
        samples.add(Sample.of(new dev.pgwire.protocol.backend.CopyData(ascii("1\tone\n")), End.FREE));
        return samples;
    }

    public static List<BackendMessage> backendMessages() {
        List<BackendMessage> messages = new ArrayList<>(List.of(
                Authentication.Request.OK,
                new Authentication.Md5Password(new byte[] {0, -1, 127, -128}),
                new Authentication.Sasl(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")),
                new Authentication.Sasl(List.of()),
                new NegotiateProtocolVersion(196608, List.of("_pq_.one", "", "_pq_.zwei ü")),
                new NegotiateProtocolVersion(196610, List.of()),
                new ParameterStatus("server_version", "18.1"),
                new ParameterStatus("", ""),
                new RowDescription(List.of(
                        new RowDescription.Field("id", 16385, (short) 1, 23, (short) 4, -1, BINARY),
                        new RowDescription.Field("naïve 😀", -2, (short) -3, -1, (short) -1, 36, TEXT))),
                new RowDescription(List.of()),
                DataRow.of(Arrays.asList(ascii("1"), null, new byte[0], new byte[] {0, -1})),
                DataRow.of(List.of()),
                new CommandComplete("INSERT 0 5"),
                new ParameterDescription(new int[] {23, 25, -1}),
                new ParameterDescription(new int[0]),
                new ErrorResponse(error()),
                new ErrorResponse(Diagnostic.builder().build()),
                new NoticeResponse(Diagnostic.builder()
                        .field('S', "NOTIZ")
                        .field('M', "hm")
                        .build()),
                new NotificationResponse(-5, "channel", "payload ✓"),
                new CopyInResponse(TEXT, List.of(TEXT, TEXT)),
                new CopyOutResponse(BINARY, List.of(BINARY)),
                new CopyBothResponse(TEXT, List.of()),
                new FunctionCallResponse(ascii("42")),
                new FunctionCallResponse(null)));
        messages.addAll(List.of(Signal.values()));
        messages.addAll(List.of(Authentication.Request.values()));
        for (TransactionStatus status : TransactionStatus.values()) {
            messages.add(ReadyForQuery.of(status));
        }
        return messages;
    }

    private static Diagnostic error() {
        Diagnostic.Builder error = Diagnostic.builder();
        for (char code : "SVCMDHPpqWstcdnFLRz".toCharArray()) {
            error.field(code, "value of " + code);
        }
        return error.field('\u00e9', "of a code that nobody knows").build();
    }

    public static List<Sample> frontend() {
        List<Sample> samples = new ArrayList<>();
        for (FrontendMessage message : frontendMessages()) {
            samples.add(Sample.of(message, PasswordKind.PASSWORD, End.EXACT));
        }
        for (Opening.Encryption request : Opening.Encryption.values()) {
            samples.add(Sample.of(request, End.EXACT));
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "ada");
        parameters.put("database", "");
        parameters.put("application_name", "zażółć");
        samples.add(Sample.of(new Opening.Startup(ProtocolVersion.V3_2, parameters), End.EXACT));
        samples.add(Sample.of(new Opening.Startup(new ProtocolVersion(3, 9999), Map.of()), End.EXACT));
        samples.add(Sample.of(
                new SASLInitialResponse("SCRAM-SHA-256", ascii("n,,n=*,r=abc")), PasswordKind.SASL_INITIAL, End.EXACT));
        samples.add(Sample.of(new SASLInitialResponse("EXTERNAL", null), PasswordKind.SASL_INITIAL, End.EXACT));
        // Their last part is opaque data or a key that reaches to the end, whatever the end is.
        samples.add(Sample.of(new Opening.Cancel(4711, new byte[32]), End.FREE));
        samples.add(Sample.of(new SASLResponse(ascii("c=biws,r=abc,p=AA==")), PasswordKind.SASL, End.FREE));
        samples.add(Sample.of(new GSSResponse(ascii("token")), PasswordKind.GSS, End.FREE));
        samples.add(Sample.of(new CopyData(ascii("1\tone\n2\t")), PasswordKind.PASSWORD, End.FREE));
        return samples;
    }

    private static List<FrontendMessage> frontendMessages() {
        List<FrontendMessage> messages = new ArrayList<>(List.of(
                // Not among the free ones: the zero byte at its end is where it ends.
                new PasswordMessage(ascii("secret")),
                new Query("SELECT 'ü'"),
                new Query(""),
                new Parse("s1", "SELECT $1, $2", new int[] {23, 0}),
                new Parse("", "", new int[0]),
                new Bind("p", "s1", List.of(TEXT, BINARY), Arrays.asList(ascii("1"), null), List.of(BINARY)),
                new Bind("", "", List.of(), List.of(), List.of()),
                new Describe(Target.STATEMENT, "s1"),
                new Describe(Target.PORTAL, ""),
                new Close(Target.STATEMENT, "s1"),
                new Close(Target.PORTAL, "p"),
                new Execute("", 0),
                new Execute("p", 100),
                new FunctionCall(1598, List.of(BINARY), Arrays.asList(null, new byte[0], ascii("x")), TEXT),
                new CopyFail("no more")));
        messages.addAll(List.of(Command.values()));
        return messages;
    }
}
