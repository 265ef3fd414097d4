package dev.pgwire.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08:00:2b:01:02:03",
                "08-00-2B-01-02-03",
                "08002b:010203",
                "08002b-010203",
                "0800.2b01.0203",
                "0800-2b01-0203",
                "08002B010203"
            })
    void everyFormThatTheServerReadsIsTheSameAddress(String text) {
        assertEquals("08:00:2b:01:02:03", MacAddress.of(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "08:00:2b:01:02",
                "08:00:2b:01:02:03:",
                ":080:02b:01:02:03",
                "08:00-2b:01:02:03",
                "08:00:2b:01:02:03:04",
                "08:00:2b:01:02:03:04:05:06",
                "8:0:2b:1:2:3",
                "08:00:2b:01:02:0g",
                "08::2b:01:02:03"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> MacAddress.of(text));
    }

    @Test
    void bytesAreComparedWithoutASign() {
        assertTrue(MacAddress.of("7f0000000000").compareTo(MacAddress.of("800000000000")) < 0);
        assertThrows(IllegalArgumentException.class, () -> MacAddress.of(new byte[7]));
    }
}
