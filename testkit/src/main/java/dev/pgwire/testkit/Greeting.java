package dev.pgwire.testkit;

import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Opening;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The first words of a server that trusts all users. */
final class Greeting {
    private static final Map<String, String> PARAMETERS = new TreeMap<>(Map.ofEntries(
            Map.entry("application_name", ""),
            Map.entry("client_encoding", "UTF8"),
            Map.entry("DateStyle", "ISO, MDY"),
            Map.entry("default_transaction_read_only", "off"),
            Map.entry("in_hot_standby", "off"),
            Map.entry("integer_datetimes", "on"),
            Map.entry("IntervalStyle", "postgres"),
            Map.entry("is_superuser", "on"),
            Map.entry("server_encoding", "UTF8"),
            Map.entry("server_version", "18.0"),
            Map.entry("session_authorization", "postgres"),
            Map.entry("standard_conforming_strings", "on"),
            Map.entry("TimeZone", "UTC")));

    private Greeting() {}

    static void play(ScriptedConnection connection) throws IOException {
        FrontendMessage opening = connection.receive();
        while (opening instanceof Opening.Encryption) {
            connection.sendRaw((byte) 'N');
            opening = connection.receive();
        }
        if (!(opening instanceof Opening.Startup)) {
            throw new AssertionError("expected a startup message, got " + opening);
        }
        welcome(connection, PARAMETERS);
    }

    static void welcome(ScriptedConnection connection, Map<String, String> parameters) throws IOException {
        List<BackendMessage> messages = new ArrayList<>();
        messages.add(Authentication.Request.OK);
        parameters.forEach((name, value) -> messages.add(new ParameterStatus(name, value)));
        messages.add(new BackendKeyData(4242, new byte[] {1, 2, 3, 4}));
        messages.add(ReadyForQuery.of(TransactionStatus.IDLE));
        connection.send(messages.toArray(BackendMessage[]::new));
    }
}
