package dev.pgwire.config;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.config.Commas;
import dev.pgwire.internal.config.Keyword;
import dev.pgwire.internal.config.NumericAddress;
import dev.pgwire.internal.config.Settings;
import dev.pgwire.internal.config.Surroundings;
import dev.pgwire.internal.config.WholeNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lists of host, hostaddr and port (PostgreSQL manual, 32.1.1.3), put side by side. */
final class HostList {
    private static final int DEFAULT_PORT = 5432;
    private static final String DEFAULT_HOST = "localhost";

    private HostList() {}

    /** The hosts, at least one. An element that is empty in both lists stands for the default host. */
    static List<Host> of(Settings settings, Surroundings around) {
        List<String> names = elements(settings, Keyword.HOST);
        List<String> addresses = elements(settings, Keyword.HOSTADDR);
        List<String> ports = elements(settings, Keyword.PORT);
        int count = Math.max(1, addresses.isEmpty() ? names.size() : addresses.size());
        if (!names.isEmpty() && names.size() != count) {
            throw new InterfaceException("could not match " + names.size() + " host names to " + count
                    + " hostaddr values, expected as many of each");
        }
        if (ports.size() > 1 && ports.size() != count) {
            throw new InterfaceException("could not match " + ports.size() + " port numbers to " + count
                    + " hosts, expected one for all or as many of each");
        }
        List<Host> hosts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String port = ports.isEmpty() ? "" : ports.get(ports.size() == 1 ? 0 : i);
            String address = addresses.isEmpty() ? "" : addresses.get(i);
            String name = names.isEmpty() ? "" : names.get(i);
            hosts.add(host(name, checked(address, settings), port(port, settings), around));
        }
        return List.copyOf(hosts);
    }

    private static Host host(String name, String address, int port, Surroundings around) {
        if (!address.isEmpty()) {
            return new Host(name, address, port);
        }
        return new Host(name.isEmpty() ? defaultName(port, around) : name, null, port);
    }

    /**
     * The directory in which there is a socket for a port, else localhost. libpq knows one directory, which is chosen where
     * it is built: Debian's and Red Hat's is the first, PostgreSQL's own the second.
     */
    private static String defaultName(int port, Surroundings around) {
        for (Path directory : around.socketDirectories()) {
            if (Files.exists(directory.resolve(".s.PGSQL." + port))) {
                return directory.toString();
            }
        }
        return DEFAULT_HOST;
    }

    private static int port(String text, Settings settings) {
        if (text.isEmpty()) {
            return DEFAULT_PORT;
        }
        Integer port = WholeNumber.parse(text);
        if (port == null) {
            throw portError("invalid integer value for port", settings);
        }
        if (port < 1 || port > 65535) {
            throw portError("invalid port number", settings);
        }
        return port;
    }

    private static InterfaceException portError(String what, Settings settings) {
        return new InterfaceException(
                what + " (" + settings.source(Keyword.PORT) + "), expected a whole number from 1 to 65535");
    }

    /** A name here, or a number that is no address, would be looked up after all. */
    private static String checked(String address, Settings settings) {
        if (!address.isEmpty() && !NumericAddress.is(address)) {
            throw settings.invalid(Keyword.HOSTADDR, "numeric addresses such as 127.0.0.1 or ::1");
        }
        return address;
    }

    private static List<String> elements(Settings settings, Keyword keyword) {
        String list = settings.text(keyword);
        return list == null ? List.of() : Commas.split(list);
    }
}
