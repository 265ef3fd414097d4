package dev.pgwire.internal.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumericAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.example",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.04",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.x",
                "1.2.3.4 ",
                "0x7f.1.1.1",
                "1.2.3.1000",
                "",
                "fe80::1%eth0",
                "::g",
                "1:2",
                ":::"
            })
    void whatIsNoAddressIsAName(String text) {
        assertNull(NumericAddress.parse(text));
    }

    @Test
    void addressesAreReadWithoutALookUp() {
        assertArrayEquals(new byte[] {127, 0, 0, 1}, NumericAddress.parse("127.0.0.1"));
        assertArrayEquals(new byte[] {-1, 0, 10, -56}, NumericAddress.parse("255.0.10.200"));
        assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, NumericAddress.parse("::1"));
    }

    @Test
    void anAddressOfIpv4InOneOfIpv6IsOneOfIpv6() {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 1, 2, 3, 4};
        assertArrayEquals(mapped, NumericAddress.parse("::ffff:1.2.3.4"));
        assertArrayEquals(mapped, NumericAddress.parse("::FFFF:102:304"));
    }

    @Test
    void anAddressToConnectToMayHaveAZone() {
        assertTrue(NumericAddress.is("fe80::1%eth0"));
        assertTrue(NumericAddress.is("127.0.0.1"));
        for (String none : new String[] {"fe80::1%", "1.2.3.4%a:b", "fe80%a:b", "1.2.3.4%eth0", "db.example", ""}) {
            assertFalse(NumericAddress.is(none), none);
        }
    }
}
