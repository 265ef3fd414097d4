package dev.pgwire.benchmarks.compare.server;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import java.util.EnumMap;
import java.util.Map;

/** The ways to the database: each is tried once, and for one that leads nowhere stands the reason. */
public final class Ways {
    private final Map<Way, Address> open = new EnumMap<>(Way.class);
    private final Map<Way, String> encryption = new EnumMap<>(Way.class);
    private final Map<Way, String> closed = new EnumMap<>(Way.class);

    private Ways() {}

    /**
     * Finds the ways to a database.
     *
     * @param plain its address in the clear
     * @param scram the same by a role that has a password; without a password there is no such role
     */
    public static Ways to(Address plain, Address scram) {
        Ways ways = new Ways();
        ways.look(Way.PLAIN, plain);
        ways.look(Way.TLS, plain.overTls());
        ways.lookForScram(scram);
        String directory = socketDirectory(plain);
        if (directory.startsWith("/")) {
            ways.look(Way.UNIX_SOCKET, plain.throughSocketIn(directory));
        } else {
            ways.closed.put(Way.UNIX_SOCKET, "the server has no Unix socket in a directory");
        }
        return ways;
    }

    /** The first of the server's. */
    private static String socketDirectory(Address address) {
        try (Connection connection = Postgres.connect(address.config());
                Cursor cursor = connection.execute("SHOW unix_socket_directories")) {
            cursor.next();
            return String.valueOf(cursor.getString(0)).split(",")[0].strip();
        }
    }

    private void lookForScram(Address address) {
        if (address.password() == null) {
            closed.put(Way.SCRAM, "expected a password in the connection string");
            closed.put(Way.SCRAM_TLS, "expected a password in the connection string");
            return;
        }
        lookForScram(Way.SCRAM, address);
        lookForScram(Way.SCRAM_TLS, address.overTls());
    }

    private void lookForScram(Way way, Address address) {
        // Or a server that asks for nothing would pass.
        look(
                way,
                address,
                address.configuration().set("require_auth", "scram-sha-256").build());
    }

    private void look(Way way, Address address) {
        look(way, address, address.config());
    }

    private void look(Way way, Address address, Config config) {
        try (Connection connection = Postgres.connect(config)) {
            String found = Encryption.of(connection, connection.processId());
            if (address.isTls() && !found.startsWith(Encryption.VERSION)) {
                closed.put(way, "the server offers " + found + ", expected " + Encryption.VERSION);
                return;
            }
            open.put(way, address);
            encryption.put(way, found);
        } catch (RuntimeException e) {
            if (way == Way.PLAIN) {
                throw e;
            }
            closed.put(way, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** Whether a way leads to the database. */
    public boolean isOpen(Way way) {
        return open.containsKey(way);
    }

    /** The address that a way leads to. */
    public Address address(Way way) {
        Address address = open.get(way);
        if (address == null) {
            throw new IllegalStateException("no way to the server: " + reason(way));
        }
        return address;
    }

    /** What the server says about the encryption of a connection that came by a way. */
    public String encryption(Way way) {
        return encryption.getOrDefault(way, "unknown");
    }

    /** Why a way leads nowhere. */
    public String reason(Way way) {
        return closed.getOrDefault(way, "");
    }
}
