package dev.pgwire.laboratory.capture.network;

import java.util.StringJoiner;

/**
 * An address and a port, printed as {@code 127.0.0.1:5432} or {@code [::1]:5432}.
 *
 * @param high the first half of an IPv6 address; 0 for IPv4
 * @param low the second half, or the IPv4 address in its lower 32 bits
 * @param isIpv6 which of both it is
 * @param port 0 to 65535
 */
public record Endpoint(long high, long low, boolean isIpv6, int port) implements Comparable<Endpoint> {
    private static final int GROUPS = 8;

    static Endpoint of(byte[] bytes, int at, int length, int port) {
        return length == 4
                ? new Endpoint(0, number(bytes, at, 4), false, port)
                : new Endpoint(number(bytes, at, 8), number(bytes, at + 8, 8), true, port);
    }

    private static long number(byte[] bytes, int at, int length) {
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | bytes[at + i] & 0xFF;
        }
        return number;
    }

    @Override
    public int compareTo(Endpoint other) {
        int order = Long.compareUnsigned(high, other.high);
        if (order == 0) {
            order = Long.compareUnsigned(low, other.low);
        }
        if (order == 0) {
            order = Boolean.compare(isIpv6, other.isIpv6);
        }
        return order == 0 ? Integer.compare(port, other.port) : order;
    }

    /** The address without the port. */
    public String address() {
        return isIpv6
                ? groups()
                : (low >>> 24 & 0xFF) + "." + (low >>> 16 & 0xFF) + "." + (low >>> 8 & 0xFF) + "." + (low & 0xFF);
    }

    private String groups() {
        int best = 0;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = 0;
            while (i + zeros < GROUPS && group(i + zeros) == 0) {
                zeros++;
            }
            if (zeros > longest) {
                best = i;
                longest = zeros;
            }
        }
        return longest == 1 ? join(0, GROUPS) : join(0, best) + "::" + join(best + longest, GROUPS);
    }

    private String join(int from, int to) {
        StringJoiner groups = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            groups.add(Integer.toHexString(group(i)));
        }
        return groups.toString();
    }

    private int group(int number) {
        long half = number < GROUPS / 2 ? high : low;
        return (int) (half >>> 16 * (GROUPS / 2 - 1 - number % (GROUPS / 2))) & 0xFFFF;
    }

    @Override
    public String toString() {
        return (isIpv6 ? "[" + address() + "]" : address()) + ":" + port;
    }
}
