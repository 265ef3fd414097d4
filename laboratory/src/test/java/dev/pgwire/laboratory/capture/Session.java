package dev.pgwire.laboratory.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgwire.laboratory.capture.file.CaptureBytes;
import dev.pgwire.laboratory.capture.file.Packet;
import dev.pgwire.laboratory.capture.stream.Talk;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.dialogue.EncryptionAnswer;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Conversations with PostgreSQL in packets, for tests, and what a sniffer tells of them. */
final class Session {
    static final ReadyForQuery READY = new ReadyForQuery(TransactionStatus.IDLE);
    static final String SQL = "SELECT id, name FROM users WHERE id < $1";

    private Session() {}

    /** A login with a password. */
    static Talk login(Talk talk) {
        talk.open();
        talk.client(bytes(Opening.Encryption.SSL_REQUEST)).server(bytes(EncryptionAnswer.NEITHER));
        talk.client(bytes(new Opening.Startup(ProtocolVersion.V3_0, Map.of("user", "ada"))));
        talk.server(bytes(Authentication.Request.CLEARTEXT_PASSWORD));
        talk.client(bytes(new PasswordMessage("S3cr3t".getBytes(UTF_8))));
        return talk.server(bytes(
                Authentication.Request.OK,
                new ParameterStatus("TimeZone", "UTC"),
                new BackendKeyData(4711, new byte[] {1, 2, 3, 4}),
                READY));
    }

    /** A login, a prepared statement, a simple one, an error, and the end. */
    static Talk whole(Talk talk) {
        login(talk);
        talk.client(bytes(
                new Parse("s1", SQL, new int[] {23}),
                new Describe(Target.STATEMENT, "s1"),
                bind(),
                new Execute("", 0),
                Command.SYNC));
        talk.server(bytes(Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {23})));
        talk.server(bytes(description(), Signal.BIND_COMPLETE, row("1", "Ada"), row("2", "Grace")));
        talk.server(bytes(new CommandComplete("SELECT 2"), READY));
        talk.client(bytes(new Query("SELECT 'x'"))).server(bytes(description(), row("3", "Ülkü")));
        talk.server(bytes(new CommandComplete("SELECT 1"), READY));
        talk.client(bytes(bind(), new Execute("", 0), Command.SYNC));
        talk.server(bytes(Signal.BIND_COMPLETE, error(), READY));
        return talk.client(bytes(Command.TERMINATE)).close();
    }

    static Bind bind() {
        return new Bind("", "s1", List.of(Format.BINARY), List.of(new byte[] {0, 0, 0, 3}), List.of());
    }

    static RowDescription description() {
        return new RowDescription(List.of(
                new RowDescription.Field("id", 16385, (short) 1, 23, (short) 4, -1, Format.TEXT),
                new RowDescription.Field("name", 16385, (short) 2, 25, (short) -1, -1, Format.TEXT)));
    }

    static DataRow row(String... values) {
        List<byte[]> columns = new ArrayList<>();
        for (String value : values) {
            columns.add(value.getBytes(UTF_8));
        }
        return DataRow.of(columns);
    }

    static ErrorResponse error() {
        return new ErrorResponse(Diagnostic.builder()
                .field('S', "ERROR")
                .field('C', "22012")
                .field('M', "division by zero")
                .build());
    }

    static byte[] bytes(Message... messages) {
        ByteBuf out = Unpooled.buffer();
        for (Message message : messages) {
            message.encode(out);
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    static List<CaptureEvent> sniff(Sniffer sniffer, byte[] file) {
        List<CaptureEvent> events = new ArrayList<>();
        try {
            sniffer.read(new ByteArrayInputStream(file), events::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return events;
    }

    static List<CaptureEvent> sniff(List<Packet> packets) {
        return sniff(new Sniffer(), CaptureBytes.pcap(packets));
    }

    static List<CaptureEvent> sniff(Talk talk) {
        return sniff(talk.packets());
    }

    static String trace(List<CaptureEvent> events) {
        StringBuilder out = new StringBuilder();
        events.forEach(new TracePrinter(out).withoutTimestamps());
        return out.toString();
    }

    static List<String> remarks(List<CaptureEvent> events) {
        return events.stream()
                .filter(event -> event instanceof CaptureRemark)
                .map(event -> ((CaptureRemark) event).text())
                .toList();
    }

    /** All messages that are whole, printed. */
    static List<String> messages(List<CaptureEvent> events) {
        List<CaptureEvent> whole = events.stream()
                .filter(event -> event instanceof CapturedMessage message && message.isWhole())
                .toList();
        return trace(whole).lines().filter(line -> !line.startsWith("#")).toList();
    }
}
