package dev.pgwire.internal.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.error.ConnectionFailureException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AddressesTest {
    @Test
    void hostsAreTriedInTheirOrder() {
        Config config = Config.parse("host=a,b,c port=1,2,3");
        for (int i = 0; i < 100; i++) {
            assertEquals(config.hosts(), new Addresses(config).hosts());
        }
    }

    /** Six standard deviations from a thousand are 155. */
    @Test
    void aBalancedLoadGivesEachHostItsShare() {
        Addresses addresses = new Addresses(Config.parse("host=a,b,c load_balance_hosts=random"));
        Map<String, Integer> first = new TreeMap<>();
        for (int i = 0; i < 3_000; i++) {
            List<Host> hosts = addresses.hosts();
            assertEquals(3, hosts.size());
            first.merge(hosts.get(0).name(), 1, Integer::sum);
        }
        for (int count : first.values()) {
            assertTrue(Math.abs(count - 1_000) < 155, first.toString());
        }
        assertEquals(3, first.size());
    }

    @Test
    void anAddressIsNotLookedUp() {
        assertEquals(
                List.of(new InetSocketAddress("127.0.0.1", 5433)),
                of("host=no.such.host.invalid hostaddr=127.0.0.1 port=5433"));
    }

    @Test
    void anAddressOfIpv6IsNotLookedUpEither() throws UnknownHostException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        assertEquals(List.of(new InetSocketAddress(loopback, 5432)), of("host=no.such.host.invalid hostaddr=::1"));
    }

    @Test
    void aZoneThatIsNotThereIsNamed() {
        ConnectionFailureException failure =
                assertThrows(ConnectionFailureException.class, () -> of("hostaddr=fe80::1%no-such-interface"));
        assertTrue(failure.getMessage().contains("\"fe80::1%no-such-interface\""), failure.getMessage());
    }

    @Test
    void aDirectoryIsThatOfAUnixSocket() {
        assertEquals(
                List.of(UnixDomainSocketAddress.of("/var/run/postgresql/.s.PGSQL.5433")),
                of("host=/var/run/postgresql port=5433"));
    }

    @Test
    void anUnknownNameIsNamed() {
        ConnectionFailureException failure =
                assertThrows(ConnectionFailureException.class, () -> of("host=no.such.host.invalid"));
        assertTrue(failure.getMessage().contains("no.such.host.invalid"), failure.getMessage());
    }

    private static List<?> of(String dsn) {
        Config config = Config.parse(dsn);
        return new Addresses(config).of(config.hosts().get(0));
    }
}
