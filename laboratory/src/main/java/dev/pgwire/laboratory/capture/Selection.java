package dev.pgwire.laboratory.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What of a capture is wanted. */
record Selection(
        Set<Integer> ports,
        List<String> connections,
        Set<String> messages,
        @Nullable String sql) {
    private static final int POSTGRESQL = 5432;

    static final Selection ALL = new Selection(Set.of(POSTGRESQL), List.of(), Set.of(), null);

    Selection port(int port) {
        if (port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("the port " + port + ", expected a number from 1 to 65535");
        }
        Set<Integer> more = new TreeSet<>(ports);
        more.add(port);
        return new Selection(more, connections, messages, sql);
    }

    Selection connection(String which) {
        if (which.isBlank()) {
            throw new IllegalArgumentException(
                    "an empty name of a connection, expected its number, the port of its client,"
                            + " or the address and the port of one of its ends");
        }
        List<String> more = new ArrayList<>(connections);
        more.add(which.strip());
        return new Selection(ports, more, messages, sql);
    }

    Selection message(String name) {
        Set<String> more = new TreeSet<>(messages);
        more.addAll(MessageName.named(name.strip()));
        return new Selection(ports, connections, more, sql);
    }

    Selection sql(String part) {
        return new Selection(ports, connections, messages, part.toLowerCase(Locale.ROOT));
    }

    boolean hasConnection(CapturedConnection connection) {
        return connections.isEmpty()
                || connections.stream()
                        .anyMatch(which -> which.equals(Integer.toString(connection.number()))
                                || which.equals(
                                        Integer.toString(connection.client().port()))
                                || which.equals(connection.client().toString())
                                || which.equals(connection.server().toString())
                                || which.equals(connection.client().address())
                                || which.equals(connection.server().address()));
    }

    boolean has(CaptureEvent event) {
        if (event instanceof CapturedMessage message) {
            return (messages.isEmpty() || messages.contains(message.name())) && hasSql(message.sql());
        }
        if (event instanceof CapturedStatement statement) {
            return hasSql(statement.sql());
        }
        return !(event instanceof CapturedPhase) || sql == null;
    }

    private boolean hasSql(@Nullable String text) {
        return sql == null || text != null && text.toLowerCase(Locale.ROOT).contains(sql);
    }
}
