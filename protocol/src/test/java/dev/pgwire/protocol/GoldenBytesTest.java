package dev.pgwire.protocol;

import static dev.pgwire.protocol.Bytes.ascii;
import static dev.pgwire.protocol.Bytes.hex;
import static dev.pgwire.protocol.Format.BINARY;
import static dev.pgwire.protocol.Format.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.NegotiateProtocolVersion;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.FunctionCall;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bytes written by hand from the manual, so that an error made in both directions does not hide itself. */
class GoldenBytesTest {
    @Test
    void theOpeningMessagesHaveNoTag() {
        client("00000008 04d2162f", Opening.Encryption.SSL_REQUEST);
        client("00000008 04d21630", Opening.Encryption.GSSENC_REQUEST);
        client("00000010 04d2162e 00001267 01020304", new Opening.Cancel(4711, new byte[] {1, 2, 3, 4}));
        client(
                "00000012 00030000 'user'00 'ada'00 00",
                new Opening.Startup(ProtocolVersion.V3_0, Map.of("user", "ada")));
        client("00000009 00030002 00", new Opening.Startup(ProtocolVersion.V3_2, Map.of()));
    }

    @Test
    void theAnswersToAuthenticationShareATag() {
        client("'p' 00000007 'pw'00", new PasswordMessage(ascii("pw")));
        client("'p' 00000019 'SCRAM-SHA-256'00 00000003 'n,,'", new SASLInitialResponse("SCRAM-SHA-256", ascii("n,,")));
    }

    @Test
    void theExtendedQueryHasFiveSteps() {
        client("'P' 00000016 's'00 'SELECT $1'00 0001 00000017", new Parse("s", "SELECT $1", new int[] {23}));
        client(
                "'B' 0000001c 00 's'00 0002 0000 0001 0002 00000001 '7' ffffffff 0001 0001",
                new Bind("", "s", List.of(TEXT, BINARY), Arrays.asList(ascii("7"), null), List.of(BINARY)));
        client("'D' 00000007 'S' 's'00", new Describe(Target.STATEMENT, "s"));
        client("'E' 00000009 00 00000064", new Execute("", 100));
        client("'S' 00000004", Command.SYNC);
        client("'C' 00000006 'P' 00", new Close(Target.PORTAL, ""));
    }

    @Test
    void theSimpleQueryIsAString() {
        client("'Q' 0000000d 'SELECT 1'00", new Query("SELECT 1"));
        client(
                "'F' 00000015 0000063e 0001 0001 0001 00000001 'x' 0000",
                new FunctionCall(1598, List.of(BINARY), List.of(ascii("x")), TEXT));
    }

    @Test
    void theServerIntroducesItself() {
        server("'R' 00000008 00000000", Authentication.Request.OK);
        server("'R' 0000000c 00000005 deadbeef", new Authentication.Md5Password(hex("deadbeef")));
        server("'R' 00000017 0000000a 'SCRAM-SHA-256'00 00", new Authentication.Sasl(List.of("SCRAM-SHA-256")));
        server("'v' 00000013 00030000 00000001 '_pq_.x'00", new NegotiateProtocolVersion(196608, List.of("_pq_.x")));
        server("'K' 0000000c 00001267 01020304", new BackendKeyData(4711, new byte[] {1, 2, 3, 4}));
        server("'Z' 00000005 'I'", ReadyForQuery.of(TransactionStatus.IDLE));
    }

    @Test
    void aResultIsADescriptionRowsAndACompletion() {
        server("'1' 00000004", Signal.PARSE_COMPLETE);
        server("'2' 00000004", Signal.BIND_COMPLETE);
        server("'t' 0000000a 0001 00000019", new ParameterDescription(new int[] {25}));
        server(
                "'T' 0000001b 0001 'id'00 00004001 0001 00000017 0004 ffffffff 0000",
                new RowDescription(List.of(new RowDescription.Field("id", 16385, (short) 1, 23, (short) 4, -1, TEXT))));
        server("'D' 0000000f 0002 00000001 '7' ffffffff", DataRow.of(Arrays.asList(ascii("7"), null)));
        server("'C' 0000000d 'SELECT 1'00", new CommandComplete("SELECT 1"));
        server("'H' 00000009 01 0001 0001", new CopyOutResponse(BINARY, List.of(BINARY)));
    }

    @Test
    void anErrorIsAListOfFields() {
        server(
                "'E' 00000019 'SERROR'00 'C22012'00 'Mzero'00 00",
                new ErrorResponse(Diagnostic.builder()
                        .field('S', "ERROR")
                        .field('C', "22012")
                        .field('M', "zero")
                        .build()));
        server("'A' 0000000d 00001267 'ch'00 'p'00", new NotificationResponse(4711, "ch", "p"));
    }

    private static void client(String expected, FrontendMessage message) {
        assertEquals(hex(hex(expected)), hex(Bytes.of(message)));
    }

    private static void server(String expected, BackendMessage message) {
        assertEquals(hex(hex(expected)), hex(Bytes.of(message)));
        assertEquals(message, Bytes.decode(hex(expected)));
    }
}
