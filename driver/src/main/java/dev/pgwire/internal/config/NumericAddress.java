package dev.pgwire.internal.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Numeric addresses, told from names without a look-up. */
public final class NumericAddress {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private NumericAddress() {}

    /** Whether a text is an address. One of IPv6 may have a zone, which the system knows when it is connected to. */
    public static boolean is(String text) {
        int zone = text.indexOf('%');
        if (zone >= 0 && text.indexOf(':') >= 0) {
            return zone < text.length() - 1 && ipv6(text.substring(0, zone)) != null;
        }
        return parse(text) != null;
    }

    /** The 4 or 16 bytes of an address without a zone, or null if the text is none. */
    public static byte @Nullable [] parse(String text) {
        return text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
    }

    /** Whether a text is made like an address: TLS has no indication of a server's name for those. */
    public static boolean isMadeAlike(String text) {
        if (text.indexOf(':') >= 0) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (at != '.' && !isDigit(at)) {
                return false;
            }
        }
        return true;
    }

    private static byte @Nullable [] ipv6(String text) {
        if (text.indexOf('%') >= 0) {
            return null;
        }
        try {
            // In brackets it is taken for an address or for nothing; without them it might be looked up.
            return as16(InetAddress.getByName("[" + text + "]").getAddress());
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }

    /** The JDK makes an address of 4 bytes of {@code ::ffff:1.2.3.4}; libpq keeps the 16, which no entry of 4 is equal to. */
    private static byte[] as16(byte[] address) {
        if (address.length == IPV6_BYTES) {
            return address;
        }
        byte[] mapped = new byte[IPV6_BYTES];
        int at = IPV6_BYTES - address.length;
        mapped[at - 2] = (byte) 0xff;
        mapped[at - 1] = (byte) 0xff;
        System.arraycopy(address, 0, mapped, at, address.length);
        return mapped;
    }

    /** Four decimal numbers: what is shorter, or begins with a zero, is read differently from place to place. */
    private static byte @Nullable [] ipv4(String text) {
        byte[] address = new byte[IPV4_BYTES];
        int at = 0;
        for (int part = 0; part < IPV4_BYTES; part++) {
            if (part > 0 && (at >= text.length() || text.charAt(at++) != '.')) {
                return null;
            }
            int start = at;
            int value = 0;
            while (at < text.length() && at - start < 3 && isDigit(text.charAt(at))) {
                value = 10 * value + text.charAt(at++) - '0';
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            if (at == start || value > 255 || leadingZero) {
                return null;
            }
            address[part] = (byte) value;
        }
        return at == text.length() ? address : null;
    }

    private static boolean isDigit(char at) {
        return at >= '0' && at <= '9';
    }
}
