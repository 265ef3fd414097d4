package dev.pgwire.internal.connect;

import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.config.LoadBalanceHosts;
import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.SqlState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Where the hosts of a configuration are, in the order in which they are tried. */
final class Addresses {
    /** What the name of a Unix socket may have in Linux, without the NUL at its end. */
    private static final int LONGEST_PATH = 107;

    private final Config config;

    Addresses(Config config) {
        this.config = config;
    }

    /** The hosts, in a new order each time if the load is to be balanced. */
    List<Host> hosts() {
        List<Host> hosts = config.hosts();
        if (hosts.size() == 1 || !isRandom()) {
            return hosts;
        }
        List<Host> shuffled = new ArrayList<>(hosts);
        Collections.shuffle(shuffled);
        return shuffled;
    }

    /**
     * All addresses of a host. Looking up a name may take as long as the system lets it.
     *
     * @throws CannotConnectException if there are none
     */
    List<SocketAddress> of(Host host) {
        if (host.isUnixSocket()) {
            return List.of(unixSocket(host));
        }
        String numeric = host.address();
        if (numeric != null) {
            return List.of(new InetSocketAddress(address(numeric), host.port()));
        }
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(host.name());
        } catch (UnknownHostException unknown) {
            throw new CannotConnectException(
                    CannotConnectException.Reason.NOT_REACHED,
                    "host \"" + host.name() + "\" is unknown, expected a host name or address",
                    unknown);
        }
        if (found.length > 1 && isRandom()) {
            Collections.shuffle(Arrays.asList(found));
        }
        List<SocketAddress> addresses = new ArrayList<>(found.length);
        for (InetAddress address : found) {
            addresses.add(new InetSocketAddress(address, host.port()));
        }
        return addresses;
    }

    /** The configuration has made sure that it is an address. No name service is asked for one in brackets, or of four numbers. */
    private static InetAddress address(String numeric) {
        try {
            return InetAddress.getByName(numeric.indexOf(':') >= 0 ? "[" + numeric + "]" : numeric);
        } catch (UnknownHostException noZone) {
            throw new CannotConnectException(
                    CannotConnectException.Reason.NOT_REACHED,
                    "the address \"" + numeric
                            + "\" is of a zone that is unknown here, expected a network interface behind" + " the %",
                    noZone);
        }
    }

    private static SocketAddress unixSocket(Host host) {
        if (host.name().charAt(0) == '@') {
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "host \"" + host.name() + "\" is an abstract Unix socket, which Java cannot name, expected the"
                            + " directory of a socket or a host name",
                    null);
        }
        String path = host.name() + "/.s.PGSQL." + host.port();
        int length = path.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PATH) {
            throw new CannotConnectException(
                    CannotConnectException.Reason.OTHER,
                    "the path of the Unix socket \"" + path + "\" has " + length + " bytes, expected at most "
                            + LONGEST_PATH,
                    null);
        }
        return UnixDomainSocketAddress.of(path);
    }

    private boolean isRandom() {
        return config.loadBalanceHosts() == LoadBalanceHosts.RANDOM;
    }
}
