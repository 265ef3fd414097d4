package dev.pgwire.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells numeric addresses from what would be looked up as a name, without asking anybody. */
final class NumericAddress {
    private static final int IPV4_PARTS = 4;

    private NumericAddress() {}

    static boolean is(String text) {
        return text.indexOf(':') >= 0 ? isIpv6(text) : isIpv4(text);
    }

    /** The zone of a link-local address is for the system to know when it is connected to. */
    private static boolean isIpv6(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        if (zone == text.length() - 1) {
            return false;
        }
        try {
            // In brackets it is taken for an address or for nothing.
            InetAddress.getByName("[" + address + "]");
            return true;
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    /** Four decimal numbers: what is shorter, or begins with a zero, is read differently from place to place. */
    private static boolean isIpv4(String text) {
        int at = 0;
        for (int part = 0; part < IPV4_PARTS; part++) {
            if (part > 0 && (at == text.length() || text.charAt(at++) != '.')) {
                return false;
            }
            int start = at;
            int value = 0;
            while (at < text.length() && at < start + 3 && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                value = 10 * value + text.charAt(at++) - '0';
            }
            if (at == start || value > 255 || at - start > 1 && text.charAt(start) == '0') {
                return false;
            }
        }
        return at == text.length();
    }
}
