package dev.pgwire.laboratory.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.laboratory.capture.stream.Talk;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.frontend.CopyData;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Query;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonPrinterTest {
    private static final String TIME = "\"time\":\"2023-11-14T22:13:20.";

    @Test
    void eachEventIsALine() {
        Talk talk = Session.whole(new Talk());
        List<String> lines = json(talk);

        assertEquals(
                List.of(
                        "{\"connection\":1," + TIME + "Z\",\"phase\":\"connect\",\"took\":1000000,\"outcome\":\"\"}",
                        "{\"connection\":1," + TIME
                                + "003Z\",\"from\":\"client\",\"message\":\"SSLRequest\",\"length\":8}",
                        "{\"connection\":1," + TIME
                                + "004Z\",\"from\":\"server\",\"message\":\"SSLResponse\",\"length\":1,\"answer\":\"N\"}",
                        "{\"connection\":1," + TIME
                                + "003Z\",\"phase\":\"encryption\",\"took\":1000000,\"outcome\":\"N\"}",
                        "{\"connection\":1," + TIME
                                + "005Z\",\"from\":\"client\",\"message\":\"StartupMessage\",\"length\":18,"
                                + "\"version\":{\"major\":3,\"minor\":0},\"parameters\":{\"user\":\"ada\"}}",
                        "{\"connection\":1," + TIME
                                + "006Z\",\"from\":\"server\",\"message\":\"AuthenticationCleartextPassword\",\"length\":8}",
                        "{\"connection\":1," + TIME
                                + "007Z\",\"from\":\"client\",\"message\":\"PasswordMessage\",\"length\":11,\"password\":\"***\"}"),
                lines.subList(0, 7).stream()
                        .map(line -> line.replace("20Z", "20.Z"))
                        .toList());
        assertEquals(
                "{\"connection\":1," + TIME
                        + "009Z\",\"from\":\"client\",\"message\":\"Bind\",\"length\":24,\"portal\":\"\",\"statement\":\"s1\","
                        + "\"parameterFormats\":[\"BINARY\"],\"values\":[{\"hex\":\"00000003\"}],\"resultFormats\":[],\"belongsTo\":\""
                        + Session.SQL + "\"}",
                find(lines, "Bind"));
        assertEquals(
                "{\"connection\":1," + TIME + "017Z\",\"from\":\"server\",\"message\":\"ErrorResponse\",\"length\":37,"
                        + "\"fields\":{\"S\":\"ERROR\",\"C\":\"22012\",\"M\":\"division by zero\"},\"belongsTo\":\""
                        + Session.SQL + "\"}",
                find(lines, "ErrorResponse"));
        assertEquals(false, lines.toString().contains("S3cr3t"));
    }

    @Test
    void textsAreEscapedAndBytesThatAreNoneAreHex() {
        Talk talk = Session.login(new Talk());
        talk.client(Session.bytes(new Query("SELECT '\"\\\n\t\u0001\u007f😀'")));
        talk.server(Session.bytes(Session.row("a\"b\\c", "\u0000"), new CommandComplete("SELECT 1"), Session.READY));
        talk.server(Session.bytes(new NotificationResponse(-1, "here", "\r")));
        talk.client(Session.bytes(new CopyData("Ülkü".getBytes(UTF_8)), new CopyData(new byte[] {(byte) 0xC3})));
        talk.server(Session.bytes(new CopyOutResponse(Format.BINARY, List.of(Format.BINARY))));

        List<String> lines = json(talk);

        assertEquals(
                true,
                find(lines, "Query").contains("\"sql\":\"SELECT '\\\"\\\\\\n\\t\\u0001\\u007f😀'\""),
                find(lines, "Query"));
        assertEquals(
                true,
                find(lines, "DataRow").contains("\"values\":[\"a\\\"b\\\\c\",{\"hex\":\"00\"}]"),
                find(lines, "DataRow"));
        assertEquals(true, find(lines, "NotificationResponse").contains("\"payload\":\"\\r\""));
        assertEquals(true, find(lines, "CopyData").contains("\"data\":\"Ülkü\""));
        assertEquals(true, lines.toString().contains("\"data\":{\"hex\":\"c3\"}"));
        assertEquals(true, find(lines, "CopyOutResponse").contains("\"format\":\"BINARY\",\"columns\":[\"BINARY\"]"));
    }

    @Test
    void whatIsNotWholeOrNotWellFormedSaysSo() {
        Talk talk = Session.login(new Talk());
        byte[] ready = Session.bytes(Session.READY);
        ready[5] = '?';
        talk.server(ready).client(new byte[] {'Q', 0, 0, 0, 9, 'x'});

        List<String> lines = json(talk);

        assertEquals(
                true,
                lines.get(lines.size() - 5)
                        .matches(".*\"message\":\"ReadyForQuery\",\"length\":5,\"error\":\"ReadyForQuery: .*\"}"),
                lines.toString());
        assertEquals(true, find(lines, "Query").endsWith("\"message\":\"Query\",\"length\":9,\"whole\":false}"));
        assertEquals(
                true,
                lines.get(lines.size() - 2).contains("\"client\":\"10.0.0.1:40000\",\"server\":\"10.0.0.2:5432\""));
    }

    @Test
    void aKeyThatCancelsIsNotPrinted() {
        Talk talk = new Talk().open().client(Session.bytes(new Opening.Cancel(4711, new byte[] {1, 2, 3, 4})));

        assertEquals(true, find(json(talk), "CancelRequest").endsWith("\"processId\":4711,\"secretKey\":\"***\"}"));
        assertEquals(
                true,
                find(json(Session.login(new Talk())), "BackendKeyData")
                        .endsWith("\"processId\":4711,\"secretKey\":\"***\"}"));
    }

    private static List<String> json(Talk talk) {
        StringBuilder out = new StringBuilder();
        Session.sniff(talk).forEach(new JsonPrinter(out));
        return out.toString().lines().toList();
    }

    private static String find(List<String> lines, String message) {
        return lines.stream()
                .filter(line -> line.contains("\"message\":\"" + message + "\""))
                .findFirst()
                .orElseThrow();
    }
}
