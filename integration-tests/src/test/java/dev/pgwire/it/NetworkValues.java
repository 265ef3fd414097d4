package dev.pgwire.it;

import static dev.pgwire.it.TypeValue.literal;
import static dev.pgwire.it.TypeValue.literals;

import dev.pgwire.type.Inet;
import dev.pgwire.type.MacAddress;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Addresses. */
final class NetworkValues {
    private NetworkValues() {}

    static Stream<TypeValue> all() {
        return Stream.of(inets(), cidrs(), macs()).flatMap(family -> family);
    }

    private static TypeValue inet(String literal, String bytes, int prefix) {
        return literal("inet", literal, Inet.of(HexFormat.of().parseHex(bytes), prefix));
    }

    /** Of IPv6 with zeros in each place where their run may be shortened. */
    private static Stream<TypeValue> inets() {
        return Stream.of(
                inet("10.0.0.1", "0a000001", 32),
                inet("10.0.0.1/8", "0a000001", 8),
                inet("0.0.0.0", "00000000", 32),
                inet("1.2.3.4/0", "01020304", 0),
                inet("255.255.255.255", "ffffffff", 32),
                inet("255.255.255.255/31", "ffffffff", 31),
                inet("::", "00000000000000000000000000000000", 128),
                inet("::1", "00000000000000000000000000000001", 128),
                inet("1::", "00010000000000000000000000000000", 128),
                inet("::/0", "00000000000000000000000000000000", 0),
                inet("::1/127", "00000000000000000000000000000001", 127),
                inet("::1.2.3.4", "00000000000000000000000001020304", 128),
                inet("::ffff:1.2.3.4", "00000000000000000000ffff01020304", 128),
                inet("::ffff:0:0/96", "00000000000000000000ffff00000000", 96),
                inet("::fffe:1.2.3.4", "00000000000000000000fffe01020304", 128),
                inet("::2:0", "00000000000000000000000000020000", 128),
                inet("::1:2:3", "00000000000000000000000100020003", 128),
                inet("::5:ffff:1:2", "0000000000000000" + "0005ffff00010002", 128),
                inet("0:0:1:0:0:1:0:0", "00000000000100000000000100000000", 128),
                inet("1:0:2:0:3:0:4:0", "00010000000200000003000000040000", 128),
                inet("1:0:0:2:0:0:0:3", "00010000000000020000000000000003", 128),
                inet("0:1:2:3:4:5:6:7", "00000001000200030004000500060007", 128),
                inet("1:2:3:4:5:6:7:0", "00010002000300040005000600070000", 128),
                inet("1:2:3:4:5:6:0:0", "00010002000300040005000600000000", 128),
                inet("2001:db8::/32", "20010db8000000000000000000000000", 32),
                inet("fe80::8000:1/64", "fe800000000000000000000080000001", 64),
                inet("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "f".repeat(32), 128));
    }

    private static TypeValue cidr(String literal, String bytes, int prefix) {
        return literal("cidr", literal, Inet.of(HexFormat.of().parseHex(bytes), prefix));
    }

    private static Stream<TypeValue> cidrs() {
        return Stream.of(
                cidr("10/8", "0a000000", 8),
                cidr("0.0.0.0/0", "00000000", 0),
                cidr("255.255.255.255", "ffffffff", 32),
                cidr("192.168.128.0/17", "c0a88000", 17),
                cidr("::/0", "00000000000000000000000000000000", 0),
                cidr("2001:db8::/32", "20010db8000000000000000000000000", 32),
                cidr("2001:db8:8000::/33", "20010db8800000000000000000000000", 33),
                cidr("::1", "00000000000000000000000000000001", 128),
                cidr("::ffff:1.2.3.0/120", "00000000000000000000ffff01020300", 120));
    }

    private static Stream<TypeValue> macs() {
        return Stream.concat(
                literals(
                        "macaddr",
                        NetworkValues::mac,
                        "00:00:00:00:00:00",
                        "ff:ff:ff:ff:ff:ff",
                        "08-00-2B-01-02-03",
                        "0800.2b01.0203"),
                Stream.concat(
                        literals(
                                "macaddr8",
                                NetworkValues::mac,
                                "00:00:00:00:00:00:00:00",
                                "ff:ff:ff:ff:ff:ff:ff:ff",
                                "08002bfffe010203"),
                        Stream.of(literal("macaddr8", "08002b:010203", mac("08002bfffe010203")))));
    }

    private static MacAddress mac(String literal) {
        return MacAddress.of(HexFormat.of().parseHex(literal.replaceAll("[^0-9A-Fa-f]", "")));
    }
}
