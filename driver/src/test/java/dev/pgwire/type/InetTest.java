package dev.pgwire.type;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InetTest {
    @ParameterizedTest
    @CsvSource({
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "1::1.2.3.4, 1::102:304",
        "ABCD::EF/16, abcd::ef/16",
        "0:0:0:0:0:0:0:0, ::",
        "1.2.3.4/32, 1.2.3.4",
        "1.2.3.4/0, 1.2.3.4/0"
    })
    void anAddressIsPrintedAsTheServerPrintsIt(String text, String printed) {
        assertEquals(printed, Inet.of(text).toString());
        assertEquals(Inet.of(text), Inet.of(printed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.4.5",
                "1.2.3.4/33",
                "1.2.3.4/",
                "1.2.3.4/-1",
                "1.2.3.4/8/8",
                "1.2.3.٤",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::1.2.3.4",
                "1::2::3",
                "12345::",
                "::1.2.3.4:5",
                "::g",
                "::1/129",
                "fe80::1%eth0"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Inet.of(text));
    }

    @Test
    void anAddressOfIpv6ThatStandsForOneOfIpv4StaysWhatItIs() {
        Inet inet = Inet.of("::ffff:1.2.3.4");
        assertEquals(16, inet.address().length);
        InetAddress java = assertInstanceOf(Inet6Address.class, inet.toInetAddress());
        assertEquals(inet, Inet.of(java));
        assertNotEquals(Inet.of("1.2.3.4"), inet);
    }

    @Test
    void aScopeIsRefusedSinceItWouldBeLost() throws UnknownHostException {
        InetAddress scoped = Inet6Address.getByAddress(null, Inet.of("fe80::1").address(), 3);
        assertThrows(IllegalArgumentException.class, () -> Inet.of(scoped));
    }

    @Test
    void aNetworkContainsWhatBeginsAsItDoes() {
        Inet network = Inet.of("10.128.0.0/9");
        assertTrue(network.isNetwork());
        assertFalse(network.isHost());
        assertTrue(network.contains(network));
        assertTrue(network.contains(Inet.of("10.129.0.1")));
        assertTrue(network.contains(Inet.of("10.129.0.1/9")));
        assertFalse(network.contains(Inet.of("10.127.255.255")));
        assertFalse(network.contains(Inet.of("10.128.0.0/8")));
        assertFalse(Inet.of("0.0.0.0/0").contains(Inet.of("::")));
        assertEquals(network, Inet.of("10.255.1.2/9").network());
        assertFalse(Inet.of("10.255.1.2/9").isNetwork());
        assertTrue(Inet.of("0.0.0.0/0").contains(Inet.of("255.1.2.3")));
    }

    @Test
    void theBytesAreCopied() {
        byte[] bytes = {1, 2, 3, 4};
        Inet inet = Inet.of(bytes, 32);
        bytes[0] = 9;
        inet.address()[1] = 9;
        assertArrayEquals(new byte[] {1, 2, 3, 4}, inet.address());
        assertThrows(IllegalArgumentException.class, () -> Inet.of(new byte[5], 8));
    }
}
