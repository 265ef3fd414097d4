package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.laboratory.capture.CaptureRemark;
import dev.pgwire.laboratory.capture.CapturedMessage;
import dev.pgwire.laboratory.capture.Sniffer;
import dev.pgwire.protocol.dialogue.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A capture as the sniffer reads it, held against what Wireshark's dissector makes of it. */
final class TsharkReading {
    /** What tshark calls the messages that it calls otherwise. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("Authentication request", "Authentication"),
            Map.entry("Authentication message", "Password"),
            Map.entry("Backend key data", "BackendKeyData"),
            Map.entry("Bind completion", "BindComplete"),
            Map.entry("Close completion", "CloseComplete"),
            Map.entry("Command completion", "CommandComplete"),
            Map.entry("Copy completion", "CopyDone"),
            Map.entry("Copy data", "CopyData"),
            Map.entry("Copy failure", "CopyFail"),
            Map.entry("CopyIn response", "CopyInResponse"),
            Map.entry("CopyOut response", "CopyOutResponse"),
            Map.entry("CopyBoth response", "CopyBothResponse"),
            Map.entry("Data row", "DataRow"),
            Map.entry("Empty query", "EmptyQueryResponse"),
            Map.entry("Error", "ErrorResponse"),
            Map.entry("Function call", "FunctionCall"),
            Map.entry("Function call response", "FunctionCallResponse"),
            Map.entry("Negotiate protocol version", "NegotiateProtocolVersion"),
            Map.entry("No data", "NoData"),
            Map.entry("Notice", "NoticeResponse"),
            Map.entry("Notification", "NotificationResponse"),
            Map.entry("Parameter description", "ParameterDescription"),
            Map.entry("Parameter status", "ParameterStatus"),
            Map.entry("Parse completion", "ParseComplete"),
            Map.entry("Portal suspended", "PortalSuspended"),
            Map.entry("Ready for query", "ReadyForQuery"),
            Map.entry("Row description", "RowDescription"),
            Map.entry("SASLInitialResponse message", "Password"),
            Map.entry("SASLResponse message", "Password"),
            Map.entry("Password message", "Password"),
            Map.entry("Cancel request", "CancelRequest"),
            Map.entry("SSL request", "SSLRequest"),
            Map.entry("Simple query", "Query"),
            Map.entry("Startup message", "StartupMessage"),
            Map.entry("Termination", "Terminate"));

    private TsharkReading() {}

    /**
     * The messages of each connection, in each direction, with what each is and how long.
     *
     * @param kinds what must be among them, for the test to be one of these
     */
    static void assertAlike(Capture capture, int port, Set<String> kinds) throws Exception {
        Path file = capture.finish();
        assertFalse(capture.lacksPackets(), () -> "the kernel has lost packets: " + capture.log());
        Map<String, List<String>> read = new TreeMap<>();
        List<String> remarks = new ArrayList<>();
        Set<String> met = new TreeSet<>();
        new Sniffer().port(port).read(file, event -> {
            if (event instanceof CapturedMessage message) {
                met.add(message.name());
                add(read, message);
            } else if (event instanceof CaptureRemark remark) {
                remarks.add(remark.text());
            }
        });
        Map<String, List<String>> dissected = new TreeMap<>();
        for (Capture.Dissected each : Capture.dissect(file, port)) {
            dissected
                    .computeIfAbsent(each.clientPort() + (each.isOfClient() ? " F" : " B"), absent -> new ArrayList<>())
                    .add(kind(each) + " " + each.length());
        }
        assertEquals(dissected.keySet(), read.keySet());
        dissected.forEach((direction, messages) -> assertEquals(messages, read.get(direction), direction));
        assertEquals(
                List.of(),
                remarks.stream().filter(text -> !text.startsWith("open when")).toList());
        Set<String> missing = new TreeSet<>(kinds);
        missing.removeAll(met);
        assertEquals(Set.of(), missing, "kinds of messages that were to be met");
    }

    private static String kind(Capture.Dissected message) {
        if (message.kind().equals("Unknown")) {
            // What tshark 4.0 does not know: a version of the protocol but 3.0, and what answers START_REPLICATION.
            return message.isOfClient() ? "StartupMessage" : "CopyBothResponse";
        }
        return KINDS.getOrDefault(message.kind(), message.kind());
    }

    private static void add(Map<String, List<String>> read, CapturedMessage message) {
        if (message.asked() != null) {
            // tshark does not tell of the byte that answers.
            return;
        }
        assertTrue(message.isWhole(), message.toString());
        String name = message.name();
        if (message.tag() == 'R') {
            name = "Authentication";
        } else if (message.tag() == 'p') {
            name = "Password";
        }
        read.computeIfAbsent(
                        message.connection().client().port() + (message.side() == Side.FRONTEND ? " F" : " B"),
                        absent -> new ArrayList<>())
                .add(name + " " + message.length());
    }

    /** What a program has said. */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
